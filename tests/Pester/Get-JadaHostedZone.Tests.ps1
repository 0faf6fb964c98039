BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $sandbox = Start-Sandbox --no-budgets
    $connection = $sandbox.Connection
}

AfterAll { Stop-Sandbox $sandbox }

Describe 'Get-JadaHostedZone' {
    AfterEach { Clear-SandboxFault $sandbox }

    BeforeAll { $all = Get-JadaHostedZone @connection }

    It 'shows every zone, and asks for no record set' {
        $all | Should -HaveCount 11
        ($all | Measure-Object RecordSetCount -Sum).Sum | Should -Be 613
        (Get-SandboxCall $sandbox).Counts.PSObject.Properties.Name | Should -Not -Contain 'route53:ListResourceRecordSets'
    }

    It 'shows what belongs to a public zone' {
        $zone = $all | Where-Object Name -eq sailjada.com
        $zone.DnssecStatus | Should -Be 'SIGNING'
        $zone.NameServers | Should -HaveCount 4
        $zone.Tags['owner'] | Should -Be 'crew'
        ($all | Where-Object Name -eq queenofsandiego.com).QueryLogGroupArn | Should -BeLike '*log-group:/aws/route53/*'
    }

    It 'shows the networks of a private zone' {
        $zone = $all | Where-Object IsPrivate
        $zone.Name | Should -Be 'jada.internal'
        $zone.Vpcs | Should -Be 'us-west-2 vpc-0a1b2c3d4e5f60718'
    }

    It 'finds a zone by <By>' -ForEach @(
        @{ By = 'its name'; Of = { $args[0].Name } }, @{ By = 'its name with the final dot'; Of = { "$($args[0].Name)." } }
        @{ By = 'its id'; Of = { $args[0].HostedZoneId } }, @{ By = "the id that Route 53 writes"; Of = { "/hostedzone/$($args[0].HostedZoneId)" } }
    ) {
        $zone = $all | Where-Object Name -eq salejada.com
        (Get-JadaHostedZone (& $Of $zone) @connection).HostedZoneId | Should -Be $zone.HostedZoneId
    }

    It 'takes wildcards, and objects of AWS.Tools by their Id' {
        (Get-JadaHostedZone *jada.com @connection).Name | Sort-Object | Should -Be 'sailjada.com', 'salejada.com'
        ([pscustomobject]@{ Id = "/hostedzone/$($all[0].HostedZoneId)"; Name = "$($all[0].Name)." } | Get-JadaHostedZone @connection).Name | Should -Be $all[0].Name
    }

    It 'reads as a table' {
        $PSStyle.OutputRendering = 'PlainText'
        $table = ($all | Where-Object Name -eq sailjada.com | Out-String -Width 120).Trim() -split '\r?\n'
        $table[0] | Should -Match '^HostedZoneId +Name +Private +RecordSets +DNSSEC +Comment'
        $table[2] | Should -Match '^Z\w+ +sailjada\.com +False +371 +SIGNING +The yacht'
    }

    It 'shows the rest of a zone where something of it is denied' {
        Add-SandboxFault $sandbox 'service=route53,operation=GetDNSSEC,kind=deny'
        $zone = Get-JadaHostedZone sailjada.com @connection -ErrorVariable problems -ErrorAction SilentlyContinue
        $zone.DnssecStatus | Should -BeNullOrEmpty
        $zone.RecordSetCount | Should -Be 371
        $problems[0].CategoryInfo.Category | Should -Be PermissionDenied
    }
}
