BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $sandbox = Start-Sandbox --no-budgets
    $connection = $sandbox.Connection
    $env:AWS_ENDPOINT_URL = $sandbox.Endpoint
    $aws = @{ AccessKey = $connection.AccessKey; SecretKey = $connection.SecretKey; Region = $connection.Region }
    Set-Location $TestDrive
    $null = New-JadaEstate @aws
    $null = New-JadaSnapshot v1.0 @aws -Layer dynamodb, s3 -ExcludeKey 'photos/*' -WarningAction SilentlyContinue
}

AfterAll {
    Set-Location $PSScriptRoot
    Remove-Item Env:AWS_ENDPOINT_URL
    Stop-Sandbox $sandbox
}

Describe 'Compare-JadaSnapshot' {
    It 'says of how much two equal states are, and hands out nothing' {
        $said = $null
        $found = Compare-JadaSnapshot v1.0 -Live @aws -InformationVariable said 6> $null
        $found | Should -BeNullOrEmpty
        "$said" | Should -Match '^[\d,.]+ objects and documents of \d+ resources \(.+\) are equal\.$'
        Compare-JadaSnapshot v1.0 v1.0 -Summary | ForEach-Object IsEqual | Should -Be $true, $true
    }

    It 'finds what was done since, as objects that can be asked' {
        $null = New-Item -ItemType Directory other/v1.1
        Copy-Item snapshot/v1.0/*.json* other/v1.1 # what is the same by its digest is not opened
        $page = 'other/v1.1/manifest.jsonl'
        (Get-Content $page) | Where-Object { $_ -notmatch 's3-buckets/sailjada.com/faq.html' } | Set-Content $page
        $found = Get-Item snapshot/v1.0 | Compare-JadaSnapshot -Other other/v1.1 6> $null
        $found | Should -HaveCount 1
        $found.Kind, $found.Key, $found.Side, $found.Resource | Should -Be 'OnlyInReference', 'faq.html', 'v1.0', 'sailjada.com'
        $found | Out-String | Should -Match 's3\s+sailjada.com\s+v1.0\s+faq.html\s+only in v1.0'
    }

    It 'says what is not there' {
        { Compare-JadaSnapshot v1.0 v9 -ErrorAction Stop } | Should -Throw -ErrorId 'NotASnapshot,JadaSnapshot.Commands.CompareJadaSnapshotCommand'
        { Compare-JadaSnapshot v1.0 v1.0 -Layer moon -ErrorAction Stop } | Should -Throw -ErrorId 'UnknownLayer,*'
    }
}

Describe 'Compare-JadaStaging and New-JadaInvalidation' {
    It 'finds the drift of a site by the estate file, and invalidates what differs where production is served' {
        $found = Compare-JadaStaging sailjada.com @aws
        $found.Key | Should -Be 'calendar.html', 'charters.html'
        $made = $found | New-JadaInvalidation @aws -NoWait
        $made | Should -Not -BeNullOrEmpty
        $made | ForEach-Object { $_.Paths | Should -Be '/calendar.html', '/charters.html' }
    }

    It 'counts by pair, and tells what is meant to differ' {
        $pair = Compare-JadaStaging sailjada.com @aws -Summary
        $pair.ProductionCount, $pair.StagingCount, $pair.ChangedCount, $pair.IsEqual | Should -Be 126, 126, 2, $false
        Compare-JadaStaging @aws -Production sailjada.com/css/ -Staging staging.sailjada.com/css/ -InformationVariable said 6> $null | Should -BeNullOrEmpty
        "$said" | Should -Match 'is what sailjada.com/css/ is: 2 objects'
    }

    It 'changes nothing with -WhatIf, and waits until CloudFront is done without it' {
        Compare-JadaStaging sailjada.com @aws -Invalidate -WhatIf | Where-Object { $_ -is [JadaSnapshot.Invalidation] } | Should -BeNullOrEmpty
        $id = (Get-JadaEstate).Sites[0].ProductionDistributions[0]
        [pscustomobject] @{ DistributionId = $id } | New-JadaInvalidation @aws -WhatIf | Should -BeNullOrEmpty
        (New-JadaInvalidation $id /a.html @aws).Status | Should -Be Completed
    }

    It 'names a site, and a distribution, that is not there' {
        { Compare-JadaStaging nosuch.com @aws -ErrorAction Stop } | Should -Throw -ErrorId 'SiteNotFound,*'
        { New-JadaInvalidation ENOSUCH @aws -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound,*'
    }
}
