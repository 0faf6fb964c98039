BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $sandbox = Start-SmallSandbox
    $connection = $sandbox.Connection
    function New-Store {
        param([string[]] $Name)
        $store = Join-Path $TestDrive (New-Guid)
        foreach ($each in $Name) { $null = New-JadaSnapshot $each $store -Layer s3 -Base latest @connection }
        $store
    }
    # What the store holds, hidden folders and locks too.
    function Get-StoreContent { param($Store) (Get-ChildItem -LiteralPath $Store -Force).Name | Where-Object { $_ -ne '.fingerprint-key' } | Sort-Object }
}

AfterAll { Stop-Sandbox $sandbox }

Describe 'Remove-JadaSnapshot' {
    It 'removes what is named, and leaves what shared files with it whole' {
        $store = New-Store v1.0, v1.1, v1.2
        Remove-JadaSnapshot v1.0, v1.1 $store -Confirm:$false | Should -BeNullOrEmpty
        Get-StoreContent $store | Should -Be 'v1.2'
        Test-JadaSnapshot "$store/v1.2" -Quiet | Should -BeTrue
    }

    It 'says what would go, what would stay and why, and changes nothing with -WhatIf' {
        $store = New-Store a, b, c, v1
        $plan = Remove-JadaSnapshot -Store $store -KeepLast 2 -KeepName a* -WhatIf
        $plan | Should -BeOfType JadaSnapshot.SnapshotRemoval
        $plan.ForEach{ "$($_.Name) $($_.Action)" } | Should -Be 'a Keep', 'b Remove', 'c Keep', 'v1 Keep'
        ($plan | Where-Object Name -eq c).Reason | Should -Be 'last 2'
        if (-not $IsWindows) { ($plan | Where-Object Name -eq b).FreedBytes | Should -BeGreaterThan 0 }
        Get-JadaSnapshot $store | Should -HaveCount 4
        ($plan | Out-String -Width 160) | Should -Match 'b +\S+ \S+ +\S+ kB .* Remove no rule keeps it'

        $done = Remove-JadaSnapshot -Store $store -KeepLast 2 -KeepName a* -PassThru -Confirm:$false
        $done.ForEach{ "$($_.Name) $($_.Action) $($_.FreedBytes)" } | Should -Be $plan.ForEach{ "$($_.Name) $($_.Action) $($_.FreedBytes)" }
        (Get-JadaSnapshot $store).Name | Should -Be a, c, v1
    }

    It 'takes what Get-JadaSnapshot hands out, and nothing at all where that hands out nothing' {
        $store = New-Store a, b
        Get-JadaSnapshot $store -Name nothing* | Remove-JadaSnapshot -KeepLast 1 -Confirm:$false
        Get-JadaSnapshot $store | Should -HaveCount 2
        Get-JadaSnapshot $store -Name b | Remove-JadaSnapshot -Confirm:$false
        Get-ChildItem $store -Directory | Remove-JadaSnapshot -Confirm:$false
        Get-StoreContent $store | Should -BeNullOrEmpty
    }

    It 'takes the last complete one only by its name' {
        $store = New-Store a, b
        Remove-JadaSnapshot * $store -Confirm:$false -WarningVariable told -WarningAction SilentlyContinue
        (Get-JadaSnapshot $store).Name | Should -Be b
        $told | Should -Match '^b stays'
        Remove-JadaSnapshot -Store $store -OlderThan 0 -Confirm:$false
        (Get-JadaSnapshot $store).Name | Should -Be b
        Remove-JadaSnapshot "$store/b" -Confirm:$false
        Get-JadaSnapshot $store | Should -BeNullOrEmpty
    }

    It 'asks first' {
        $store = New-Store a
        { pwsh -NoProfile -NonInteractive -Command "Import-Module '$env:JADA_MODULE'; Remove-JadaSnapshot a '$store' -ErrorAction Stop" 2>$null; if ($LASTEXITCODE) { throw } } | Should -Throw
        Get-JadaSnapshot $store | Should -HaveCount 1
    }

    It 'removes unfinished ones by their names, or all of them with -Partial' {
        $store = New-Store whole
        Add-SandboxFault $sandbox 'service=s3,operation=GetBucketPolicy,kind=deny'
        foreach ($name in 'cut', 'cut too') { try { New-JadaSnapshot $name $store -Layer s3 @connection -ErrorAction Stop } catch { $null = $_ } }
        Clear-SandboxFault $sandbox
        Remove-JadaSnapshot cut* $store -Confirm:$false -WarningAction SilentlyContinue
        Get-JadaSnapshot $store | Should -HaveCount 3
        Remove-JadaSnapshot cut $store -Confirm:$false
        Remove-JadaSnapshot -Store $store -Partial -Confirm:$false
        Get-StoreContent $store | Should -Be 'whole'
    }

    It 'takes files of somebody else''s along only with -Force' {
        $store = New-Store a
        Set-Content "$store/a/notes.txt" mine
        Remove-JadaSnapshot a $store -Confirm:$false -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].FullyQualifiedErrorId | Should -Be 'UnknownFiles,JadaSnapshot.Commands.RemoveJadaSnapshotCommand'
        $problem[0].TargetObject.Name | Should -Be a
        Get-Content "$store/a/notes.txt" | Should -Be mine
        Remove-JadaSnapshot a $store -Confirm:$false -Force
        Get-StoreContent $store | Should -BeNullOrEmpty
    }

    It 'takes an age, an age in days or a date, and none in the future' {
        $store = New-Store a, b
        foreach ($moment in 30, '30.00:00:00', [timespan]'12:00', (Get-Date).AddDays(-1), '2020-01-01') {
            (Remove-JadaSnapshot -Store $store -OlderThan $moment -WhatIf).Action | Should -Be Keep, Keep -Because $moment
        }
        { Remove-JadaSnapshot -Store $store -OlderThan (Get-Date).AddDays(1) } | Should -Throw '*future*'
        { Remove-JadaSnapshot -Store $store -OlderThan soon } | Should -Throw '*soon*'
        { Remove-JadaSnapshot -Store $store -OlderThan -1 } | Should -Throw '*age*'
    }

    It 'says what it was not told, and what is not there' {
        $store = New-Store a
        { Remove-JadaSnapshot -Store $store } | Should -Throw -ErrorId 'NothingNamed,JadaSnapshot.Commands.RemoveJadaSnapshotCommand'
        Remove-JadaSnapshot nowhere, b* $store -Confirm:$false -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem | Should -HaveCount 1
        $problem[0].CategoryInfo.Category | Should -Be ObjectNotFound
        Remove-JadaSnapshot a "$store/none" -Confirm:$false -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].FullyQualifiedErrorId | Should -Be 'NotASnapshot,JadaSnapshot.Commands.RemoveJadaSnapshotCommand'
    }

    It 'keeps the base that the estate file names' {
        $store = New-Store a, b
        Set-Content "$TestDrive/jada.json" (@{ store = $store; snapshot = @{ base = 'a' } } | ConvertTo-Json)
        Remove-JadaSnapshot -Estate $TestDrive -KeepLast 1 -Confirm:$false
        (Get-JadaSnapshot $store).Name | Should -Be a, b
        Remove-JadaSnapshot a -Estate $TestDrive -Confirm:$false -WarningVariable told -WarningAction SilentlyContinue
        $told | Should -Match 'estate file'
        (Get-JadaSnapshot $store).Name | Should -Be b
    }
}
