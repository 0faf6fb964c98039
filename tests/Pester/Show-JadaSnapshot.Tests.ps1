
BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $sandbox = Start-SmallSandbox
    $connection = $sandbox.Connection
    $store = Join-Path $TestDrive store
    $snapshot = New-JadaSnapshot v1.0 $store -Layer s3 @connection
    $null = New-JadaSnapshot v1.1 $store -Layer s3 -ExcludeKey '*7*' @connection
    $page = Join-Path $TestDrive page.html
    # There is nobody to look.
    $env:DISPLAY = $env:WAYLAND_DISPLAY = $null
}

AfterAll { Stop-Sandbox $sandbox }

Describe 'Show-JadaSnapshot' -Skip:($IsWindows -or $IsMacOS) {
    It 'writes the latest snapshot of the store, compared with the one before, where nobody can look' {
        $file = Show-JadaSnapshot -Store $store
        $file | Should -BeOfType IO.FileInfo
        $file.FullName | Should -Be (Join-Path $store .reports v1.1.html)
        $text = Get-Content $file -Raw
        $text | Should -Match '<h1>v1.1</h1>'
        $text | Should -Match '<h2>Since v1.0</h2>'
        $text | Should -Match 'gone</span> <span class=kind>bucket</span> <b>alpha</b>'
        $text | Should -Match ([regex]::Escape('href="../v1.1/s3-buckets/alpha/"'))
    }

    It 'compares with what is named, or with nothing' {
        Get-Content (Show-JadaSnapshot v1.1 -Store $store -ReferenceSnapshot none -PassThru) -Raw | Should -Not -Match 'Since '
        Get-Content ($snapshot | Show-JadaSnapshot -PassThru) -Raw | Should -Not -Match 'Since '
        Get-Content (Show-JadaSnapshot v1.0 -Store $store -ReferenceSnapshot v1.1 -PassThru) -Raw | Should -Match '<h2>Since v1.1</h2>'
        { Show-JadaSnapshot v1.0 -Store $store -ReferenceSnapshot $snapshot } | Should -Throw -ErrorId 'SameSnapshot,*'
        $null = Show-JadaSnapshot v1.0 -Store $store -ReferenceSnapshot v9 -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem.FullyQualifiedErrorId | Should -Be 'NotASnapshot,JadaSnapshot.Commands.ShowJadaSnapshotCommand'
    }

    It 'writes to a file, which it replaces only when told to, or into a folder' {
        Show-JadaSnapshot v1.0 -Store $store -Destination $page -WhatIf
        $page | Should -Not -Exist
        (Show-JadaSnapshot v1.0 -Store $store -Destination $page).FullName | Should -Be $page
        { Show-JadaSnapshot v1.1 -Store $store -Destination $page } | Should -Throw -ErrorId 'ReportExists,*'
        Get-Content (Show-JadaSnapshot v1.1 -Store $store -Destination $page -Force) -Raw | Should -Match '<h1>v1.1</h1>'
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive pages)
        (Get-JadaSnapshot -Store $store | Show-JadaSnapshot -Destination $folder).Name | Should -Be v1.0.html, v1.1.html
    }

    It 'never writes into a snapshot, and leaves the store as whole as it was' {
        { Show-JadaSnapshot v1.0 -Store $store -Destination (Join-Path $store v1.1 s3-buckets page.html) -Force -ErrorAction Stop } | Should -Throw -ErrorId 'StoreNotWritable,*'
        (Get-JadaSnapshot -Store $store | Test-JadaSnapshot).IsWhole | Should -Be $true, $true
        (Get-JadaSnapshot -Store $store).Name | Should -Be v1.0, v1.1
    }
}
