BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $sandbox = Start-Sandbox
    Connect-SandboxGoogle $sandbox
    $ids = @{ ScriptId = $sandbox.Scripts['jada-main'], $sandbox.Scripts['eyd']; Name = 'jada main', 'eyd' }
}

AfterAll { Stop-Sandbox $sandbox }

Describe 'Export-JadaScriptProject' {
    It 'writes a folder for clasp, and beside it what the API says' {
        $exports = Export-JadaScriptProject @ids -Destination TestDrive:/out | Sort-Object Name
        $exports.Name | Should -Be 'eyd', 'jada main'
        $exports.IsComplete | Should -Be $true, $true
        $folder = Join-Path TestDrive: out gas-projects 'jada main'
        $exports[1].Path | Should -Be (Convert-Path $folder)
        (Get-Content "$folder/.clasp.json" -Raw | ConvertFrom-Json).scriptId | Should -Be $ids.ScriptId[0]
        Get-Content "$folder/Code.gs" -Raw | Should -Match 'Bögen & Café ⛵'
        Get-Content "$folder/lib/Dates.gs" -Raw | Should -Match "\r\n"
        (Get-Content 'TestDrive:/out/gas-versions/jada main/project.json' -Raw | ConvertFrom-Json).title | Should -Be 'JADA'
        Get-Content 'TestDrive:/out/gas-versions/jada main/3/Code.gs' -Raw | Should -Match 'gift cards'
        Test-Path 'TestDrive:/out/gas-versions/jada main/2' | Should -BeFalse
    }

    It 'takes what Get-JadaScriptProject hands out' {
        (Get-JadaScriptProject @ids | Export-JadaScriptProject -Destination TestDrive:/piped).Name | Sort-Object | Should -Be 'eyd', 'jada main'
        Test-Path TestDrive:/piped/gas-projects/eyd/Code.test.gs | Should -BeTrue
    }

    It 'writes nothing with -WhatIf' {
        Export-JadaScriptProject @ids -Destination TestDrive:/whatif -WhatIf | Should -BeNullOrEmpty
        Test-Path TestDrive:/whatif | Should -BeFalse
    }
}

Describe 'New-JadaSnapshot' {
    It 'captures the script projects that it is told of' {
        $connection = $sandbox.Connection
        $snapshot = New-JadaSnapshot v1.0 TestDrive:/store -Layer appsscript -ScriptProject $sandbox.Scripts @connection
        $snapshot.Status, $snapshot.ResourceCount | Should -Be 'Complete', 4
        Test-Path TestDrive:/store/v1.0/gas-projects/rady-shell-legacy/.clasp.json | Should -BeTrue
        Get-Content TestDrive:/store/v1.0/RECOVERY.md -Raw | Should -Match 'clasp push'
        ($snapshot | Test-JadaSnapshot).Result | Should -Be 'Whole'
    }

    It 'takes ids alone, and objects, as well' {
        $connection = $sandbox.Connection
        $projects = @($ids.ScriptId[0]; Get-JadaScriptProject $ids.ScriptId[1] -Name eyd)
        (New-JadaSnapshot v1.1 TestDrive:/store -Layer appsscript -ScriptProject $projects @connection).ResourceCount | Should -Be 2
        (Get-ChildItem TestDrive:/store/v1.1/gas-projects).Name | Sort-Object | Should -Be (@($ids.ScriptId[0], 'eyd') | Sort-Object)
    }

    It 'asks nobody where it is told of none' {
        $connection = $sandbox.Connection
        $token, $env:GOOGLE_OAUTH_ACCESS_TOKEN = $env:GOOGLE_OAUTH_ACCESS_TOKEN, $null
        try { (New-JadaSnapshot v1.2 TestDrive:/store -Layer appsscript @connection).Status | Should -Be 'Complete' }
        finally { $env:GOOGLE_OAUTH_ACCESS_TOKEN = $token }
    }
}
