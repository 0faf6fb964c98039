BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $sandbox = Start-Sandbox --no-budgets
    $connection = $sandbox.Connection
}

AfterAll { Stop-Sandbox $sandbox }

Describe 'Export-JadaHostedZone' {
    AfterEach { Clear-SandboxFault $sandbox }

    It 'exports a zone with its zone file, its losses and the health checks that it names' {
        $exports = Export-JadaHostedZone queenofsandiego.com TestDrive:/queen @connection
        $exports.Kind | Should -Be 'hosted-zone', 'health-check'
        $zone = Get-Content (Join-Path $exports[0].Path zone.txt)
        $zone | Should -Contain '$ORIGIN queenofsandiego.com.'
        $zone | Should -Contain "*.queenofsandiego.com.`t300`tIN`tCNAME`tqueenofsandiego.com."
        $losses = Get-Content (Join-Path $exports[0].Path zone-losses.jsonl) | ConvertFrom-Json
        ($losses | Where-Object name -eq band.queenofsandiego.com.).reason | Should -Be 'failover', 'failover'
        ($losses | Where-Object setIdentifier -eq california).reason | Should -Be 'geolocation'
    }

    It 'exports every zone where none is named' {
        $exports = Export-JadaHostedZone -Destination TestDrive:/all @connection
        $exports | Where-Object Kind -eq hosted-zone | Should -HaveCount 11
        Get-ChildItem TestDrive:/all -Recurse -Filter zone.txt | Should -HaveCount 11
    }

    It 'takes what Get-JadaHostedZone finds' {
        (Get-JadaHostedZone jada.internal @connection | Export-JadaHostedZone -Destination TestDrive:/inside @connection).Name | Should -Be 'jada.internal'
        Get-ChildItem TestDrive:/inside -Recurse -Filter vpc-authorizations-0001.xml | Should -HaveCount 1
    }

    It 'writes no zone file of half a zone' {
        Add-SandboxFault $sandbox 'service=route53,operation=ListResourceRecordSets,match=identifier=,kind=deny'
        $export = Export-JadaHostedZone sailjada.com TestDrive:/half @connection -ErrorVariable problems -ErrorAction SilentlyContinue
        $export[0].ProblemCount | Should -Be 1
        Test-Path (Join-Path $export[0].Path zone.txt) | Should -BeFalse
        $problems[0].CategoryInfo.Category | Should -Be PermissionDenied
    }
}
