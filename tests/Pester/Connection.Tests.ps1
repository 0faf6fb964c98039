BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $sandbox = Start-Sandbox
    $connection = $sandbox.Connection
    $keys = @{ AccessKey = $connection.AccessKey; SecretKey = $connection.SecretKey }
    $place = @{ Region = $connection.Region; EndpointUrl = $connection.EndpointUrl }

    # As AWS.Tools and the AWS SDK have them: the wrapper's member is internal, the keys come from a method.
    Add-Type -TypeDefinition @'
        public sealed class Keys(string accessKey, string secretKey) { public string AccessKey => accessKey; public string SecretKey => secretKey; public string Token => ""; }
        public sealed class SdkCredentials(string accessKey, string secretKey) { public Keys GetCredentials() => new(accessKey, secretKey); }
        public sealed class StoredCredentials(SdkCredentials credentials) { internal SdkCredentials Credentials { get; } = credentials; }
        public sealed class BrokenCredentials { public Keys GetCredentials() => throw new System.InvalidOperationException("The session has ended."); }
'@
    function Get-Bucket { Get-JadaBucketInventory @args -ErrorAction Stop | Select-Object -First 1 }
}

AfterAll { Stop-Sandbox $sandbox }

Describe 'Credentials' {
    It 'come from -AccessKey and -SecretKey' {
        Get-Bucket @keys @place | Should -Not -BeNullOrEmpty
    }

    It 'come from an object of the AWS SDK' {
        Get-Bucket -Credential ([SdkCredentials]::new($keys.AccessKey, $keys.SecretKey)) @place | Should -Not -BeNullOrEmpty
    }

    It 'come from what Use-STSRole answers' {
        $answer = [pscustomobject]@{ Credentials = [pscustomobject]@{ AccessKeyId = $keys.AccessKey; SecretAccessKey = $keys.SecretKey; SessionToken = '' } }
        Get-Bucket -Credential $answer @place | Should -Not -BeNullOrEmpty
    }

    It 'come from a PSCredential' {
        $credential = [pscredential]::new($keys.AccessKey, (ConvertTo-SecureString $keys.SecretKey -AsPlainText -Force))
        Get-Bucket -Credential $credential @place | Should -Not -BeNullOrEmpty
    }

    It 'come from $StoredAWSCredentials and $StoredAWSRegion of the session' {
        $StoredAWSCredentials = [StoredCredentials]::new([SdkCredentials]::new($keys.AccessKey, $keys.SecretKey))
        $StoredAWSRegion = $place.Region[0]
        Get-Bucket -EndpointUrl $place.EndpointUrl | Should -Not -BeNullOrEmpty
    }

    It 'come from a profile, in a file that is named' {
        Set-Content TestDrive:/credentials "[jada]`naws_access_key_id = $($keys.AccessKey)`naws_secret_access_key = $($keys.SecretKey)"
        Get-Bucket -ProfileName jada -ProfileLocation TestDrive:/credentials @place | Should -Not -BeNullOrEmpty
    }

    It 'come from the environment' {
        $env:AWS_ACCESS_KEY_ID, $env:AWS_SECRET_ACCESS_KEY = $keys.AccessKey, $keys.SecretKey
        try { Get-Bucket @place | Should -Not -BeNullOrEmpty }
        finally { Remove-Item Env:AWS_ACCESS_KEY_ID, Env:AWS_SECRET_ACCESS_KEY }
    }
}

Describe 'A connection that cannot be made' {
    It 'is <Id>: <Name>' -ForEach @(
        @{ Name = 'no credentials anywhere'; Id = 'NoCredentials'; Category = 'AuthenticationError'; Arguments = { $place } }
        @{ Name = 'no region anywhere'; Id = 'NoRegion'; Category = 'InvalidArgument'; Arguments = { $keys } }
        @{ Name = 'an unknown access key'; Id = 'BadCredentials'; Category = 'AuthenticationError'; Arguments = { $place + @{ AccessKey = 'AKIAUNKNOWNUNKNOWN00'; SecretKey = 'x' } } }
        @{ Name = 'a wrong secret'; Id = 'BadCredentials'; Category = 'AuthenticationError'; Arguments = { $place + @{ AccessKey = $keys.AccessKey; SecretKey = 'wrong-secret-value' } } }
        @{ Name = 'an access key without its secret'; Id = 'IncompleteAccessKey'; Category = 'InvalidArgument'; Arguments = { $place + @{ AccessKey = 'AKIA' } } }
        @{ Name = 'a session token alone'; Id = 'IncompleteAccessKey'; Category = 'InvalidArgument'; Arguments = { $place + @{ SessionToken = 'x' } } }
        @{ Name = 'two ways to say who calls'; Id = 'AmbiguousCredentials'; Category = 'InvalidArgument'; Arguments = { $place + $keys + @{ ProfileName = 'jada' } } }
        @{ Name = 'an object that holds no keys'; Id = 'CredentialUnusable'; Category = 'InvalidArgument'; Arguments = { $place + @{ Credential = Get-Date } } }
        @{ Name = 'an object that fails'; Id = 'CredentialUnusable'; Category = 'InvalidArgument'; Arguments = { $place + @{ Credential = [BrokenCredentials]::new() } } }
        @{ Name = 'an endpoint that is no address'; Id = 'EndpointUrlInvalid'; Category = 'InvalidArgument'; Arguments = { $keys + @{ Region = 'us-east-1'; EndpointUrl = 'localhost' } } }
    ) {
        $given = & $Arguments
        { Get-JadaInventory @given } | Should -Throw -ErrorId "$Id,*"
        $Error[0].CategoryInfo.Category | Should -Be $Category
        $Error[0].Exception.Message | Should -Not -BeNullOrEmpty
        "$($Error[0].Exception)$($Error[0].ErrorDetails)" | Should -Not -Match ([regex]::Escape($keys.SecretKey) + '|wrong-secret-value')
    }

    It 'says soon that nothing answers at an endpoint' {
        $watch = [Diagnostics.Stopwatch]::StartNew()
        { Get-JadaInventory @keys -Region us-east-1 -EndpointUrl http://127.0.0.1:1 } | Should -Throw -ErrorId 'EndpointUnreachable,*'
        $Error[0].CategoryInfo.Category | Should -Be 'ConnectionError'
        $Error[0].Exception.Message | Should -Match '127\.0\.0\.1:1'
        $Error[0].ErrorDetails.RecommendedAction | Should -Match 'EndpointUrl'
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 20
    }
}
