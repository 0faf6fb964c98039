BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $sandbox = Start-SmallSandbox
    $connection = $sandbox.Connection

    function Get-ObjectRequest { [int](Get-SandboxCall $sandbox).counts.'s3:GetObject' }
}

AfterAll { Stop-Sandbox $sandbox }

Describe 'New-JadaSnapshot -Base' {
    BeforeAll {
        $store = Join-Path $TestDrive store
        $first = New-JadaSnapshot v1.0 $store -Layer s3 @connection
        $before = Get-ObjectRequest
        $second = New-JadaSnapshot v1.1 $store -Layer s3 -Base v1.0 @connection
    }

    It 'fetches nothing that is unchanged' {
        $before | Should -Be 40
        Get-ObjectRequest | Should -Be $before
        $second.FileCount | Should -Be $first.FileCount
        $second.Base | Should -Be 'v1.0'
        $first.Base | Should -BeNullOrEmpty
    }

    It 'leaves two snapshots that are whole' {
        ($first, $second | Test-JadaSnapshot).Result | Should -Be 'Whole', 'Whole'
    }

    It 'shares the files between them' -Skip:$IsWindows {
        $file = 's3-buckets/alpha/data/000000000.bin'
        stat -c %h (Join-Path $first.Path $file) | Should -Be 2
        stat -c %i (Join-Path $first.Path $file) | Should -Be (stat -c %i (Join-Path $second.Path $file))
    }

    It 'takes the path of a snapshot in another store, relative to the current folder' {
        Push-Location TestDrive:/
        try {
            $elsewhere = New-JadaSnapshot v1.2 ./elsewhere -Layer s3 -Base ./store/v1.0 @connection
            $elsewhere.Base | Should -Be 'v1.0'
            Get-ObjectRequest | Should -Be $before
        }
        finally { Pop-Location }
    }

    It 'leaves the second whole when the first is removed' {
        $null = New-JadaSnapshot first $store -Layer s3 @connection
        $heir = New-JadaSnapshot heir $store -Layer s3 -Base first @connection
        Remove-Item (Join-Path $store first) -Recurse -Force
        ($heir | Test-JadaSnapshot).Result | Should -Be 'Whole'
    }

    It 'warns once where files of the base were changed, and fetches them' {
        $null = New-JadaSnapshot damaged $store -Layer s3 @connection
        Get-ChildItem (Join-Path $store damaged s3-buckets alpha) -Recurse -File | Select-Object -First 2 | Remove-Item -Force
        $asked = Get-ObjectRequest
        $healed = New-JadaSnapshot healed $store -Layer s3 -Base damaged @connection -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 1
        $warnings[0].Message | Should -Match "in the base 'damaged' is not as it was captured"
        Get-ObjectRequest | Should -Be ($asked + 2)
        ($healed | Test-JadaSnapshot).Result | Should -Be 'Whole'
    }

    It 'refuses a base that there is not, and begins nothing' {
        { New-JadaSnapshot v9 $store -Layer s3 -Base v0.9 @connection } | Should -Throw -ErrorId 'UnfitBase,*'
        $Error[0].CategoryInfo.Category | Should -Be 'InvalidArgument'
        $Error[0].Exception.Message | Should -Match "'v0.9' cannot be the base of 'v9'"
        Get-ChildItem $store -Filter '*v9*' -Force | Should -BeNullOrEmpty
    }
}

Describe 'New-JadaSnapshot -AllVersions' {
    It 'is noted in the snapshot' {
        (New-JadaSnapshot all (Join-Path $TestDrive versions) -Layer s3 -AllVersions @connection).AllVersions | Should -BeTrue
    }
}
