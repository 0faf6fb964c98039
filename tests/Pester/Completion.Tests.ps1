BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $sandbox = Start-SmallSandbox
    $connection = $sandbox.Connection
    $live = "-AccessKey $($connection.AccessKey) -SecretKey $($connection.SecretKey) -Region us-west-2 -EndpointUrl $($connection.EndpointUrl)"
    $store = Join-Path $TestDrive store
    $null = New-JadaSnapshot v1 $store @connection -Layer s3
    $null = New-JadaSnapshot v2 $store @connection -Layer s3

    # A snapshot of what a small sandbox does not have: names that need quotes.
    $odd = '{"layer":"apigateway","kind":"rest-api","name":"NAME","id":"ID","region":"us-west-2","otherNames":[]}'
    Add-Content (Join-Path $store v1 resources.jsonl) @(
        foreach ($name in 'Booking API [v2]', "Anne's `$hop", 'twin', 'twin', '1.0', 'plain') { $odd -creplace 'NAME', $name -creplace 'ID', "id$((++$id))" }
    ) -Force

    function Complete { param([string] $Line) (TabExpansion2 $Line $Line.Length).CompletionMatches | Where-Object ResultType -EQ ParameterValue }
    function Get-CallCount { ((Get-SandboxCall $sandbox).Counts.psobject.Properties.Value | Measure-Object -Sum).Sum }
}

AfterAll { Stop-Sandbox $sandbox }

Describe 'Tab after the name of a live resource' {
    It 'gives the names that there are, with what tells them apart' {
        $names = Complete "Sync-JadaBucket $live -BucketName "
        $names.CompletionText | Should -Be alpha, beta
        $names[0].ToolTip | Should -Match '^bucket in us-east-1; created \d{4}-'
    }

    It 'gives those that begin with what was typed, in the quotes that were begun' {
        (Complete "Sync-JadaBucket $live -BucketName b").CompletionText | Should -Be beta
        (Complete "Sync-JadaBucket $live -BucketName alpha, B").CompletionText | Should -Be beta
        (Complete "Sync-JadaBucket $live -BucketName 'b").CompletionText | Should -Be "'beta'"
        (Complete "Sync-JadaBucket $live -BucketName *e").CompletionText | Should -Be beta
    }

    It 'takes the connection from a splatted variable, presets and the session' {
        (Complete 'Get-JadaBucketInventory @connection -BucketName a').CompletionText | Should -Be alpha
        $PSDefaultParameterValues = @{ '*-Jada*:EndpointUrl' = $connection.EndpointUrl }
        $StoredAWSCredentials = [pscredential]::new($connection.AccessKey, (ConvertTo-SecureString $connection.SecretKey -AsPlainText -Force))
        $StoredAWSRegion = 'us-west-2'
        (Complete 'Get-JadaBucketInventory -BucketName a').CompletionText | Should -Be alpha
    }

    It 'asks once for repeated Tabs' {
        $null = Complete "Sync-JadaBucket $live -BucketName "
        $calls = Get-CallCount
        $null = Complete "Sync-JadaBucket $live -BucketName al"
        Get-CallCount | Should -Be $calls
    }

    It 'falls back on the newest snapshot of the estate where nobody answers' {
        Set-Content $TestDrive/jada.json '{ "store": "store" }'
        (Complete "Sync-JadaBucket -Estate $TestDrive -AccessKey AKIA -SecretKey x -Region us-west-2 -EndpointUrl http://127.0.0.1:1 -BucketName ").CompletionText | Should -Be alpha, beta
    }

    It 'gives nothing, quietly and within two seconds, where the service is slow' {
        Add-SandboxFault $sandbox 'service=s3,operation=ListBuckets,kind=delay,delay=5s'
        $failures = $Error.Count
        try {
            $watch = [Diagnostics.Stopwatch]::StartNew()
            Complete "Sync-JadaBucket $($live -replace 'us-west-2', 'us-east-2') -BucketName " *>&1 | Should -BeNullOrEmpty
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 2.5
            $Error.Count | Should -Be $failures
        }
        finally { Clear-SandboxFault $sandbox }
    }

    It 'gives nothing, quietly, where there are no credentials or the line makes no sense' {
        $failures = $Error.Count
        foreach ($line in 'Sync-JadaBucket -BucketName ', 'Sync-JadaBucket -AccessKey x -BucketName ', 'Get-JadaLambda -Estate /no/such -Store x: -FunctionName [', 'Restore-JadaBucket -Snapshot /no/such -BucketName ') {
            Complete $line *>&1 | Should -BeNullOrEmpty -Because $line
        }
        $Error.Count | Should -Be $failures
    }
}

Describe 'Tab after the name of something in a snapshot' {
    It 'gives what the snapshot has, and asks nobody' {
        $calls = Get-CallCount
        (Complete "Restore-JadaBucket -Store $store -Snapshot v1 $live -BucketName ").CompletionText | Should -Be alpha, beta
        (Complete "Restore-JadaBucket -Store $store ").CompletionText | Should -Be alpha, beta
        (Complete "Get-JadaRestorePlan v1 -Store $store -Layer s3 -Name ").CompletionText | Should -Be alpha, beta
        (Complete "Export-JadaRunbook $store/v2 -Name a").CompletionText | Should -Be alpha
        Get-CallCount | Should -Be $calls
    }

    It 'quotes what needs it, and what comes of it means that name alone' {
        $names = Complete "Restore-JadaApi -Store $store -Snapshot v1 -ApiId "
        $names.CompletionText | Should -Be "'1.0'", "'Anne''s `$hop'", "'Booking API ``[v2``]'", 'plain', 'id3', 'id4'
        $names.ListItemText | Should -Contain 'twin (id3)'
        (Complete "Restore-JadaApi -Store $store -Snapshot v1 -ApiId ""An").CompletionText | Should -Be """Anne's ```$hop"""
        (Complete "Restore-JadaApi -Store $store -Snapshot v1 -ApiId 'Booking API [").CompletionText | Should -Be "'Booking API ``[v2``]'"
        (Complete "Restore-JadaApi -Store $store -Snapshot v1 -ApiId id1").CompletionText | Should -Be id1
    }
}

Describe 'Tab after the name of a snapshot' {
    It 'gives the finished ones of the store, the newest first' {
        $names = Complete "Restore-JadaSnapshot -Store $store -Snapshot "
        $names.CompletionText | Should -Be latest, v2, v1
        $names[0].ToolTip | Should -Match '^v2; Complete, \d{4}-'
        (Complete "Compare-JadaSnapshot v1 v -Store $store").CompletionText | Should -BeNullOrEmpty
        (Complete "Compare-JadaSnapshot -Store $store -Reference v1 -Other v").CompletionText | Should -Be v2, v1
    }

    It 'gives a new snapshot the names of those that can be continued' {
        $null = New-Item -ItemType Directory (Join-Path $store .partial-begun)
        (Complete "New-JadaSnapshot -Store $store -Name ").CompletionText | Should -Be begun
        (Complete "Get-JadaSnapshot -Store $store -Name b").CompletionText | Should -Be begun
    }
}

Describe 'Tab after other names' {
    It 'gives sites and script projects of the estate file' {
        Set-Content $TestDrive/jada.json '{ "sites": { "sail.test": { "buckets": ["alpha"] } }, "scriptProjects": { "Crew list": "1abcdefghijklmnopqrstuvwx" } }'
        (Complete "Compare-JadaStaging -Estate $TestDrive -Site ").CompletionText | Should -Be sail.test
        (Complete "Get-JadaScriptProject -Estate $TestDrive -ScriptId ").CompletionText | Should -Be "'Crew list'"
    }

    It 'gives layers, profiles and regions' {
        Set-Content $TestDrive/credentials "[jada]`naws_access_key_id = a`naws_secret_access_key = b"
        (Complete 'New-JadaSnapshot -Layer cl').CompletionText | Should -Be cloudfront
        (Complete "Get-JadaLambda -ProfileLocation $TestDrive/credentials -ProfileName j").CompletionText | Should -Be jada
        (Complete 'Get-JadaLambda -Region us-west').CompletionText | Should -Contain us-west-2
    }

    It 'is there wherever a resource, a site or a snapshot is named' {
        $named = 'BucketName', 'DestinationBucket', 'FunctionName', 'DistributionId', 'HostedZoneId', 'TableName', 'ApiId', 'CertificateArn', 'EmailIdentity', 'InstanceName', 'ScriptId', 'Site', 'Snapshot', 'Layer', 'ProfileName', 'Region'
        foreach ($command in Get-Command -Module JadaSnapshot) {
            foreach ($parameter in $command.Parameters.Values | Where-Object { $_.Name -in $named -and $_.ParameterType -ne [JadaSnapshot.Snapshot[]] }) {
                $parameter.Attributes.Where{ $_ -is [ArgumentCompleter] } | Should -Not -BeNullOrEmpty -Because "$command -$($parameter.Name)"
            }
        }
    }
}
