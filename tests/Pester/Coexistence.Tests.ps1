BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $sandbox = Start-Sandbox
    $connection = $sandbox.Connection
    $roles = Get-JadaInventory -Layer iam @connection | Where-Object Kind -EQ role
    $config = Join-Path $TestDrive config
    Set-Content $config @"
[profile jada]
role_arn = $($roles[0].Arn)
source_profile = base
region = us-west-2
[profile base]
aws_access_key_id = $($connection.AccessKey)
aws_secret_access_key = $($connection.SecretKey)
"@
    $env:AWS_CONFIG_FILE = $config
    $env:AWS_ENDPOINT_URL = $connection.EndpointUrl

    # What a session does: $First and $Then are 'module' and 'rivals' in either order.
    $session = {
        param($Module, $Rivals, $Order, $AccessKey, $SecretKey, $Endpoint)
        function Use-Module {
            Import-Module $Module
            $null = Get-JadaInventory -Layer s3 -ProfileName jada -ErrorAction Stop
            'module'
        }
        function Use-Rivals {
            foreach ($name in 'Newtonsoft.Json', 'AWSSDK.Core', 'AWSSDK.SecurityToken') { Set-Variable $name.Split('.')[-1] ([Reflection.Assembly]::LoadFrom("$Rivals/$name.dll")) }
            $script:Keys = [activator]::CreateInstance($Core.GetType('Amazon.Runtime.BasicAWSCredentials'), @($AccessKey, $SecretKey))
            $settings = [activator]::CreateInstance($SecurityToken.GetType('Amazon.SecurityToken.AmazonSecurityTokenServiceConfig'))
            $settings.ServiceURL = $Endpoint
            $settings.AuthenticationRegion = 'us-west-2'
            $client = [activator]::CreateInstance($SecurityToken.GetType('Amazon.SecurityToken.AmazonSecurityTokenServiceClient'), @($Keys, $settings))
            $null = $client.GetCallerIdentityAsync([activator]::CreateInstance($SecurityToken.GetType('Amazon.SecurityToken.Model.GetCallerIdentityRequest'))).GetAwaiter().GetResult()
            'rivals'
        }
        foreach ($each in $Order -split ',') { & "Use-$each" }
        if ($Keys) {
            $null = Get-JadaInventory -Layer s3 -Credential $Keys -Region us-west-2 -ErrorAction Stop
            $StoredAWSCredentials = $Keys
            $StoredAWSRegion = 'us-west-2'
            $null = Get-JadaInventory -Layer s3 -ErrorAction Stop
            'credential'
        }
        ([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -in 'AWSSDK.Core', 'AWSSDK.SecurityToken' } |
            ForEach-Object { "$($_.GetName().Name) $([Diagnostics.FileVersionInfo]::GetVersionInfo($_.Location).FileVersion)" } | Sort-Object -Unique).Count
    }

    function Invoke-Session {
        param([string] $Rivals, [string] $Order)
        pwsh -NoProfile -NonInteractive -Command $session -args $env:JADA_MODULE, $Rivals, $Order, $connection.AccessKey, $connection.SecretKey, $connection.EndpointUrl 2>&1
    }
    function Get-AssumedCount { [int](Get-SandboxCall $sandbox).Counts.'sts:AssumeRole' }
}

AfterAll { Stop-Sandbox $sandbox }

Describe 'Next to other versions of AWSSDK.Core, AWSSDK.SecurityToken and Newtonsoft.Json' {
    It 'the module assumes a role, whichever is used first, and takes their credential objects: <_>' -ForEach 'Rivals,Module', 'Module,Rivals,Module' {
        $assumed = Get-AssumedCount
        $said = Invoke-Session $env:JADA_RIVALS $_
        $said | Should -Be (($_.ToLowerInvariant() -split ',') + 'credential', 4)
        Get-AssumedCount | Should -BeGreaterThan $assumed
    }

    It 'the module assumes a role where an AWSSDK.Core of version 3 is loaded' {
        $assumed = Get-AssumedCount
        pwsh -NoProfile -NonInteractive -Command {
            param($module, $rival)
            $keys = [activator]::CreateInstance([Reflection.Assembly]::LoadFrom($rival).GetType('Amazon.Runtime.BasicAWSCredentials'), $args)
            Import-Module $module
            (Get-JadaInventory -Layer s3 -ProfileName jada -ErrorAction Stop).Count -gt 0
            (Get-JadaInventory -Layer s3 -Credential $keys -Region us-west-2 -ErrorAction Stop).Count -gt 0
        } -args $env:JADA_MODULE, (Join-Path $env:JADA_RIVALS 3.7 AWSSDK.Core.dll), $connection.AccessKey, $connection.SecretKey 2>&1 | Should -Be $true, $true
        Get-AssumedCount | Should -Be ($assumed + 1)
    }
}
