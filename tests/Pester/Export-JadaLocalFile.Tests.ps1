BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    function New-Tree([string] $Path) {
        $null = New-Item -ItemType Directory "$Path/bin", "$Path/empty"
        Set-Content "$Path/bin/deploy.ps1" 'Write-Output hi'
        Set-Content -LiteralPath "$(Convert-Path $Path)/a[1]:b" 'odd'
        Set-Content "$Path/.env" 'API_TOKEN=abc123def456'
        $null = New-Item -ItemType SymbolicLink "$Path/link" -Target 'bin/deploy.ps1'
        [IO.File]::SetUnixFileMode((Convert-Path "$Path/bin/deploy.ps1"), [Convert]::ToInt32('0750', 8))
        (Get-Item "$Path/bin/deploy.ps1").LastWriteTimeUtc = [datetime]::new(2020, 2, 29, 1, 2, 3, [DateTimeKind]::Utc)
    }
    New-Tree TestDrive:/tools
}

Describe 'Export-JadaLocalFile' {
    It 'writes the files, and says what it left out' {
        $export = Export-JadaLocalFile TestDrive:/tools TestDrive:/out -WarningVariable warned -WarningAction SilentlyContinue
        $export.Name, $export.FileCount, $export.LinkCount, $export.IsComplete | Should -Be 'tools', 2, 1, $true
        $export.Path | Should -Be (Convert-Path TestDrive:/out/local-files/tools)
        $export.LeftOut.Path, $export.LeftOut.Reason | Should -Be '.env', 'Secret'
        $warned | Should -Match '1 file of the local root ''tools'' looks like secrets'
        Get-Content TestDrive:/out/local-files/tools/bin/deploy.ps1 | Should -Be 'Write-Output hi'
        Get-ChildItem TestDrive:/out -Recurse -File -Force | Get-Content -Raw | Should -Not -Match 'abc123def456'
    }

    It 'takes files and folders from the pipeline, each by its own name' {
        $exports = Get-ChildItem TestDrive:/tools/bin, TestDrive:/tools/empty -Force | Export-JadaLocalFile -Destination TestDrive:/piped
        $exports.Name | Should -Be 'deploy.ps1'
        $exports = Get-Item TestDrive:/tools/bin, TestDrive:/tools/empty | Export-JadaLocalFile -Destination TestDrive:/piped | Sort-Object Name
        $exports.Name | Should -Be 'bin', 'empty'
        Test-Path TestDrive:/piped/local-files/deploy.ps1/deploy.ps1 | Should -BeTrue
    }

    It 'leaves out what it is told to' {
        (Export-JadaLocalFile TestDrive:/tools TestDrive:/less -Exclude 'bin/*' -NotSecret .env).LeftOut | Should -BeNullOrEmpty
        (Get-ChildItem TestDrive:/less/local-files/tools -Force -File).Name | Sort-Object | Should -Be '.env', 'a[1]%3Ab', 'SHA256SUMS'
    }

    It 'writes nothing with -WhatIf' {
        Export-JadaLocalFile TestDrive:/tools TestDrive:/whatif -WhatIf | Should -BeNullOrEmpty
        Test-Path TestDrive:/whatif | Should -BeFalse
    }

    It 'says what is not there, and what two would be called by' {
        Export-JadaLocalFile TestDrive:/missing, TestDrive:/tools/bin TestDrive:/some -ErrorAction SilentlyContinue -ErrorVariable failed | Select-Object -ExpandProperty Name | Should -Be 'bin'
        $failed.FullyQualifiedErrorId | Should -Be 'PathNotFound,JadaSnapshot.Commands.Resources.ExportJadaLocalFileCommand'
        { Export-JadaLocalFile TestDrive:/tools/bin, TestDrive:/tools/empty TestDrive:/some -Name one } | Should -Throw -ErrorId 'LocalRootNames,*'
    }
}

Describe 'New-JadaSnapshot -LocalRoot' {
    BeforeAll {
        $sandbox = Start-Sandbox
        $connection = $sandbox.Connection
    }

    AfterAll { Stop-Sandbox $sandbox }

    It 'captures the roots that it is told of, and its runbook makes them again' {
        $roots = @{ mine = 'TestDrive:/tools'; less = @{ Path = 'TestDrive:/tools'; Exclude = 'bin/*', 'a*' } }
        $snapshot = New-JadaSnapshot v1.0 TestDrive:/store -Layer localfiles -LocalRoot $roots @connection -WarningAction SilentlyContinue
        $snapshot.Status, $snapshot.ResourceCount | Should -Be 'Complete', 2
        ($snapshot | Test-JadaSnapshot).Result | Should -Be 'Whole'
        Test-Path TestDrive:/store/v1.0/local-files/less/bin | Should -BeFalse

        $runbook = Get-Content TestDrive:/store/v1.0/RECOVERY.md -Raw
        . ([scriptblock]::Create([regex]::Match($runbook, '(?ms)^function Restore-Folder.*?^}').Value))
        $runbook | Should -Match ([regex]::Escape('Restore-Folder (Convert-Path -LiteralPath local-files/mine)'))
        Restore-Folder (Convert-Path TestDrive:/store/v1.0/local-files/mine) TestDrive:/back
        (Get-ChildItem TestDrive:/back -Recurse -Force).Name | Sort-Object | Should -Be 'a[1]:b', 'bin', 'deploy.ps1', 'empty', 'link'
        (Get-Item TestDrive:/back/link).LinkTarget | Should -Be 'bin/deploy.ps1'
        $file = Get-Item TestDrive:/back/bin/deploy.ps1
        [Convert]::ToString([int] $file.UnixFileMode, 8), $file.LastWriteTimeUtc.Year | Should -Be '750', 2020
    }

    It 'takes paths alone and objects, and refuses what is neither' {
        $snapshot = New-JadaSnapshot v1.1 TestDrive:/store -Layer localfiles -LocalRoot TestDrive:/tools/bin, (Get-Item TestDrive:/tools/empty) @connection
        (Get-ChildItem TestDrive:/store/v1.1/local-files).Name | Sort-Object | Should -Be 'bin', 'empty'
        { New-JadaSnapshot v1.2 TestDrive:/store -LocalRoot @{ Path = 'x'; Exlude = 'y' } @connection } | Should -Throw -ErrorId 'LocalRootInvalid,*' -ExpectedMessage '*Exlude*'
        { New-JadaSnapshot v1.2 TestDrive:/store -LocalRoot TestDrive:/tools/bin, TestDrive:/bin @connection } | Should -Throw -ErrorId 'LocalRootNames,*'
    }
}
