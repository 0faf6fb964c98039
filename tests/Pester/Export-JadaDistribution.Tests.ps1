BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $sandbox = Start-Sandbox
    $connection = $sandbox.Connection
}

AfterAll { Stop-Sandbox $sandbox }

Describe 'Export-JadaDistribution' {
    AfterEach { Clear-SandboxFault $sandbox }

    It 'exports a distribution with what it shares with others' {
        $exports = Export-JadaDistribution photos.sailjada.com TestDrive:/photos @connection
        $exports[0].Kind, $exports[0].Name | Should -Be 'distribution', 'photos.sailjada.com'
        $exports.Kind | Sort-Object | Should -Be 'cache-policy', 'distribution', 'function', 'origin-access-control', 'response-headers-policy'
        $exports.IsComplete | Should -Not -Contain $false
        $folder = ($exports | Where-Object Kind -eq function).Path
        Get-Content (Join-Path $folder live.js) -Raw | Should -BeLike 'function handler(event)*'
        ($exports | Where-Object Kind -eq origin-access-control).Path | ForEach-Object { Get-Content (Join-Path $_ origin-access-control.xml) -Raw } | Should -BeLike '*<Name>jada-photos-web</Name>*'
    }

    It 'puts files where a snapshot has them, with their digests' {
        $export = Export-JadaDistribution sailjada.com TestDrive:/sail @connection
        $path = $export[0].Path
        $path | Should -BeLike "*aws-configs*cloudfront*distributions*$($export[0].Id)"
        (Get-ChildItem $path).Name | Should -Contain 'invalidations.xml'
        foreach ($line in Get-Content (Join-Path $path SHA256SUMS)) {
            $digest, $file = $line -split '  ', 2
            (Get-FileHash (Join-Path $path $file)).Hash | Should -Be $digest
        }
    }

    It 'asks for no more than the configuration where that is wanted' {
        $null = Invoke-WebRequest "$($sandbox.Endpoint)/_sandbox/requests" -Method Delete
        $export = Export-JadaDistribution sailjada.com TestDrive:/plain -DistributionDetail Configuration @connection
        (Get-ChildItem $export[0].Path).Name | Sort-Object | Should -Be 'distribution-summary.xml', 'distribution.xml', 'SHA256SUMS', 'tags.xml'
        (Get-SandboxCall $sandbox).Counts.PSObject.Properties.Name | Should -Not -Contain 'cloudfront:ListInvalidations'
    }

    It 'keeps values of origin headers out of the files' {
        $export = Export-JadaDistribution api.sailjada.com TestDrive:/api @connection
        $text = Get-ChildItem $export[0].Path | Get-Content -Raw
        $text | Should -Not -Match 'planted-'
        $text -match 'jada:hmac-sha256:' | Should -Not -BeNullOrEmpty
    }

    It 'takes what Get-JadaDistribution finds' {
        $exports = Get-JadaDistribution api.* @connection | Export-JadaDistribution -Destination TestDrive:/apis @connection
        $exports | Where-Object Kind -eq distribution | Should -HaveCount 3
    }

    It 'does nothing with -WhatIf' {
        Export-JadaDistribution sailjada.com TestDrive:/none -WhatIf @connection | Should -BeNullOrEmpty
        Test-Path TestDrive:/none | Should -BeFalse
    }

    It 'keeps an earlier whole export where a document is refused' {
        $whole = Export-JadaDistribution sailjada.com TestDrive:/kept @connection
        Add-SandboxFault $sandbox 'service=cloudfront,operation=GetDistribution,kind=deny'
        $export = Export-JadaDistribution sailjada.com TestDrive:/kept @connection -ErrorVariable problems -ErrorAction SilentlyContinue
        $export[0].IsEarlierKept | Should -BeTrue
        $problems[0].CategoryInfo.Category | Should -Be PermissionDenied
        Test-Path (Join-Path $whole[0].Path distribution.xml) | Should -BeTrue
    }
}
