BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $sandbox = Start-Sandbox --no-budgets
    $connection = $sandbox.Connection

    function Expand-Line($Path) {
        $reader = [IO.StreamReader]::new([IO.Compression.GZipStream]::new([IO.File]::OpenRead($Path), [IO.Compression.CompressionMode]::Decompress))
        try { $reader.ReadToEnd() -split "`n" | Where-Object { $_ } } finally { $reader.Dispose() }
    }
}

AfterAll { Stop-Sandbox $sandbox }

Describe 'Export-JadaTable' {
    AfterEach { Clear-SandboxFault $sandbox }

    It 'exports the settings of a table, and the request that makes it again' {
        $export = Export-JadaTable jada-weather-cache TestDrive:/one @connection
        $export.ProblemCount | Should -Be 0
        $request = Get-Content (Join-Path $export.Path create-table.json) | ConvertFrom-Json
        $request.ProvisionedThroughput.ReadCapacityUnits | Should -Be 10
        $request.PSObject.Properties.Name | Should -Not -Contain 'TableArn'
        (Get-Content (Join-Path $export.Path auto-scaling.json) | ConvertFrom-Json).ScheduledActions.ScheduledActionName | Should -Be before-sunset
        Test-Path (Join-Path $export.Path data) | Should -BeFalse
    }

    It 'takes what Get-JadaTable finds' {
        (Get-JadaTable jada-c* @connection | Export-JadaTable -Destination TestDrive:/piped @connection).Name | Sort-Object | Should -Be 'jada-crew', 'jada-customers'
    }

    It 'exports the items on request, in the form of DynamoDB''s own exports' {
        $export = Export-JadaTable jada-tickets TestDrive:/data -IncludeData @connection
        $lines = Expand-Line (Join-Path $export.Path data 0000.json.gz)
        $lines | Should -HaveCount 25
        ($lines[0] | ConvertFrom-Json).Item.TicketId.S | Should -BeLike 'TicketId-*'
        (Get-Content (Join-Path $export.Path manifest-summary.json) | ConvertFrom-Json).itemCount | Should -Be 25
        Get-Content (Join-Path $export.Path SHA256SUMS) | Should -HaveCount $export.FileCount
    }

    It 'keeps an earlier export where a scan is refused' {
        $null = Export-JadaTable jada-crew TestDrive:/kept -IncludeData @connection
        Add-SandboxFault $sandbox 'service=dynamodb,operation=Scan,kind=deny'
        $export = Export-JadaTable jada-crew TestDrive:/kept -IncludeData @connection -ErrorAction SilentlyContinue
        $export.IsEarlierKept | Should -BeTrue
        Expand-Line (Join-Path $export.Path data 0000.json.gz) | Should -HaveCount 5
    }

    It 'changes nothing with -WhatIf' {
        Export-JadaTable jada-crew TestDrive:/not -WhatIf @connection | Should -BeNullOrEmpty
        Export-JadaTable jada-bookings -Export -Bucket jada-dashboard -WhatIf @connection | Should -BeNullOrEmpty
        Test-Path TestDrive:/not/aws-configs | Should -BeFalse
    }
}

Describe 'Export-JadaTable -Export' {
    It 'has DynamoDB export to S3, waits, and says where the manifest is' {
        $export = Export-JadaTable jada-bookings -Export -Bucket jada-dashboard -Prefix tables @connection
        $export.Status | Should -Be COMPLETED
        $export.ItemCount | Should -Be 30
        $export.ExportArn | Should -BeLike 'arn:aws:dynamodb:us-west-2:*:table/jada-bookings/export/*'
        $export.ManifestKey | Should -BeLike 'tables/AWSDynamoDB/*/manifest-summary.json'
    }

    It 'makes an export that Restore-JadaTable has DynamoDB import again, and says at once how to follow that' {
        $null = New-JadaSnapshot v1.0 TestDrive:/store -Layer dynamodb @connection
        $export = Export-JadaTable jada-tickets -Export -Bucket jada-dashboard -Prefix tables @connection
        $export | Restore-JadaTable -Snapshot v1.0 -Store TestDrive:/store -Rename drill- -WhatIf @connection
        Get-JadaTable drill-jada-tickets @connection -ErrorAction Ignore | Should -BeNullOrEmpty

        $result = $export | Restore-JadaTable -Snapshot v1.0 -Store TestDrive:/store -Rename drill- -Confirm:$false @connection -InformationVariable said 6>$null

        $result.Status | Select-Object -Unique | Should -Be Done
        "$said" | Should -BeLike '*aws dynamodb describe-import --import-arn arn:aws:dynamodb:us-west-2:*:table/drill-jada-tickets/import/*'
        (Get-JadaTable drill-jada-tickets @connection).ItemCount | Should -Be $export.ItemCount
    }

    It 'is taken for that table alone' {
        $export = Export-JadaTable jada-tickets -Export -Bucket jada-dashboard -Prefix tables @connection
        { Restore-JadaTable jada-crew v1.0 -Store TestDrive:/store -FromExport $export.S3Uri -Confirm:$false @connection } | Should -Throw -ErrorId 'ExportOfOtherTable,*'
        { Restore-JadaTable jada-tickets v1.0 -Store TestDrive:/store -FromExport s3://jada-dashboard/nothing -Confirm:$false @connection } | Should -Throw -ErrorId 'IncompleteSource,*'
    }

    It 'does not wait with -NoWait' {
        (Export-JadaTable jada-waivers -Export -Bucket jada-dashboard -NoWait @connection).Status | Should -Be IN_PROGRESS
    }

    It 'says of a table without point-in-time recovery that it cannot be exported so' {
        Export-JadaTable jada-boats -Export -Bucket jada-dashboard @connection -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        "$problems" | Should -BeLike '*Point in time recovery is not enabled*'
    }

    It 'goes with no destination' {
        { Export-JadaTable jada-bookings -Destination TestDrive:/x -Export -Bucket jada-dashboard @connection } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
    }
}
