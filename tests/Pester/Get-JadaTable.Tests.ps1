BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $sandbox = Start-Sandbox --no-budgets
    $connection = $sandbox.Connection
}

AfterAll { Stop-Sandbox $sandbox }

Describe 'Get-JadaTable' {
    AfterEach { Clear-SandboxFault $sandbox }

    BeforeAll { $all = Get-JadaTable @connection }

    It 'shows every table of every region, and reads no item' {
        $all | Should -HaveCount 14
        $all.Region | Select-Object -Unique | Sort-Object | Should -Be 'us-east-1', 'us-west-2'
        (Get-SandboxCall $sandbox).Counts.PSObject.Properties.Name | Should -Not -Contain 'dynamodb:Scan'
    }

    It 'shows how a table is set up' {
        $table = Get-JadaTable jada-events @connection
        $table.KeySchema | Should -Be 'EventId (S), StartsAt (N)'
        $table.Indexes | Should -Be 'by-venue: Venue (S), StartsAt (N)'
        $table.BillingMode | Should -Be PROVISIONED
        $table.ReadCapacityUnits | Should -Be 5
        $table.ItemCount | Should -Be 12
        $table.Tags['holds'] | Should -Be 'events'
        $table.CreatedAt.Offset | Should -Be ([timespan]::Zero)
    }

    It 'shows what guards a table, and what follows it' {
        $bookings = $all | Where-Object TableName -eq jada-bookings
        $bookings.IsPointInTimeRecoverable | Should -BeTrue
        $bookings.IsDeletionProtected | Should -BeTrue
        $bookings.StreamViewType | Should -Be NEW_AND_OLD_IMAGES
        $bookings.ReadCapacityUnits | Should -BeNullOrEmpty
        ($all | Where-Object TableName -eq jada-sessions).TimeToLiveAttribute | Should -Be ExpiresAt
    }

    It 'takes wildcards, and names from the pipeline' {
        (Get-JadaTable jada-b* @connection).TableName | Sort-Object | Should -Be 'jada-boats', 'jada-bookings'
        ('jada-crew', 'jada-boats' | Get-JadaTable @connection).TableName | Sort-Object | Should -Be 'jada-boats', 'jada-crew'
    }

    It 'names a table that is not there' {
        Get-JadaTable nothing @connection -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -Be 'NotFound,JadaSnapshot.Commands.Resources.GetJadaTableCommand'
    }

    It 'says that it does not know what it may not read' {
        Add-SandboxFault $sandbox 'service=dynamodb,operation=DescribeContinuousBackups,kind=deny'
        $table = Get-JadaTable jada-tickets @connection -ErrorVariable problems -ErrorAction SilentlyContinue
        $table.IsPointInTimeRecoverable | Should -Be $null
        $table.ItemCount | Should -Be 25
        $problems[0].CategoryInfo.Category | Should -Be PermissionDenied
    }
}
