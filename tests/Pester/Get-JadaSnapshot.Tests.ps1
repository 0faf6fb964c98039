BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $sandbox = Start-SmallSandbox
    $connection = $sandbox.Connection
    $store = Join-Path $TestDrive snapshot
    foreach ($name in 'v1.0', 'v1.1', 'before') { $null = New-JadaSnapshot $name $store -Layer s3 @connection }
}

AfterAll { Stop-Sandbox $sandbox }

Describe 'Get-JadaSnapshot' {
    It 'lists the snapshots of a store' {
        (Get-JadaSnapshot $store).Name | Sort-Object | Should -Be 'before', 'v1.0', 'v1.1'
        (Get-JadaSnapshot -Store $store).Name | Should -HaveCount 3
    }

    It 'lists those of the current folder where it is told none' {
        Push-Location -LiteralPath $store
        try { Get-JadaSnapshot | Should -HaveCount 3 }
        finally { Pop-Location }
    }

    It 'gives the snapshot that a path is' {
        $snapshot = Get-JadaSnapshot (Join-Path $store v1.0)
        $snapshot.Name | Should -Be 'v1.0'
        $snapshot.Status | Should -Be 'Complete'
        $snapshot.ResourceCount | Should -Be 2
        $snapshot.FileCount | Should -BeGreaterThan 40
        $snapshot.TotalBytes | Should -BeGreaterThan 0
    }

    It 'takes what Get-ChildItem hands out' {
        (Get-ChildItem $store | Get-JadaSnapshot).Name | Sort-Object | Should -Be 'before', 'v1.0', 'v1.1'
    }

    It 'takes snapshots, and paths as text' {
        (Get-JadaSnapshot $store -Name v1.0 | Get-JadaSnapshot).Name | Should -Be 'v1.0'
        ((Join-Path $store v1.1) | Get-JadaSnapshot).Name | Should -Be 'v1.1'
    }

    It 'chooses by name, with wildcards' {
        (Get-JadaSnapshot $store -Name 'v1.*').Name | Sort-Object | Should -Be 'v1.0', 'v1.1'
        (Get-JadaSnapshot $store -Name 'before', 'v1.1').Name | Sort-Object | Should -Be 'before', 'v1.1'
        (Get-JadaSnapshot "$store/v*").Name | Sort-Object | Should -Be 'v1.0', 'v1.1'
    }

    It 'finds a store whose name has brackets' {
        $odd = Join-Path $TestDrive 'a[1]'
        Copy-Item -LiteralPath $store $odd -Recurse
        Get-JadaSnapshot $odd | Should -HaveCount 3
    }

    It 'shows an interrupted snapshot as unfinished' {
        $partial = Join-Path $TestDrive interrupted
        Add-SandboxFault $sandbox 'service=s3,operation=GetBucketPolicy,kind=deny'
        try { New-JadaSnapshot v2 $partial -Layer s3 @connection -ErrorAction Stop } catch { $stopped = $_ }
        Clear-SandboxFault $sandbox
        $stopped | Should -Not -BeNullOrEmpty
        (Get-JadaSnapshot $partial).Status | Should -Be 'Unfinished'
        (New-JadaSnapshot v2 $partial -Layer s3 @connection).Status | Should -Be 'Complete'
        (Get-JadaSnapshot $partial).Status | Should -Be 'Complete'
    }

    It 'writes an error for a path that is not there, and goes on' {
        $found = Get-JadaSnapshot (Join-Path $TestDrive nowhere), $store -ErrorVariable problems -ErrorAction SilentlyContinue
        $found | Should -HaveCount 3
        $problems | Should -HaveCount 1
        $problems[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $problems[0].Exception.Message | Should -Match 'nowhere'
    }

    It 'needs no credentials for what is on disk' {
        Get-JadaSnapshot $store | Should -HaveCount 3
        { Get-JadaSnapshot s3://nowhere/jada -Region us-west-2 -ErrorAction Stop } | Should -Throw -ErrorId 'NoCredentials,*'
    }
}
