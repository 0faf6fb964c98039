BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $PSStyle.OutputRendering = 'PlainText'
    $sandbox = Start-Sandbox
    Connect-SandboxGoogle $sandbox
    $main = $sandbox.Scripts['jada-main']
}

AfterAll { Stop-Sandbox $sandbox }

Describe 'Get-JadaScriptProject' {
    AfterEach { Clear-SandboxFault $sandbox }

    It 'tells of a project without asking AWS' {
        $project = Get-JadaScriptProject $main -Name main
        $project | Should -BeOfType JadaSnapshot.ScriptProject
        $project.Name, $project.ScriptId, $project.Title, $project.FileCount | Should -Be 'main', $main, 'JADA', 7
        $project.TimeZone | Should -Be 'America/Los_Angeles'
        $project.Libraries.UserSymbol | Should -Be 'Calendars'
        $project.Versions.VersionNumber | Should -Be 1, 2, 3
        $project.Deployments.VersionNumber | Should -Be 3
        $project.Deployments.Url | Should -Match '^https://script\.google\.com/macros/s/AKfycb.*/exec$'
        $project.HeadDeploymentId | Should -Match '^AKfycb'
        $project.CreatedAt.Offset | Should -Be ([timespan]::Zero)
    }

    It 'takes ids from the pipeline and calls projects by them where no name is given' {
        $projects = $sandbox.Scripts.Values | Get-JadaScriptProject
        $projects.ScriptId | Sort-Object | Should -Be ($sandbox.Scripts.Values | Sort-Object)
        $projects.Name | Sort-Object | Should -Be ($sandbox.Scripts.Values | Sort-Object)
    }

    It 'takes objects with names and ids' {
        $pairs = $sandbox.Scripts.GetEnumerator().ForEach{ [pscustomobject]@{ Name = $_.Key; ScriptId = $_.Value } }
        ($pairs | Get-JadaScriptProject).Name | Sort-Object | Should -Be 'eyd', 'jada-main', 'rady-shell', 'rady-shell-legacy'
    }

    It 'takes the address of the script editor' {
        (Get-JadaScriptProject "https://script.google.com/u/0/home/projects/$main/edit").ScriptId | Should -Be $main
    }

    It 'explains <Case>' -ForEach @(
        @{ Case = 'what is no script id'; Arguments = @{ ScriptId = '../x' }; Id = 'ScriptIdInvalid*' }
        @{ Case = 'a name too few'; Arguments = @{ ScriptId = 'one', 'two'; Name = 'x' }; Id = 'ScriptProjectNames*' }
        @{ Case = 'a name that is double'; Arguments = @{ ScriptId = 'one', 'two'; Name = 'x', 'X' }; Id = 'ScriptProjectNames*' }
        @{ Case = 'a project with two names'; Arguments = @{ ScriptId = 'one', 'one'; Name = 'x', 'y' }; Id = 'ScriptProjectNames*' }
    ) {
        { Get-JadaScriptProject @Arguments -ErrorAction Stop } | Should -Throw -ErrorId $Id
    }

    It 'says of a project that is not there, and goes on with the others' {
        $found = Get-JadaScriptProject 1NoSuchProject, $main -Name gone, main -ErrorVariable problems -ErrorAction SilentlyContinue
        $found.Name | Should -Be 'main'
        $problems[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        "$($problems[0])" | Should -Match 'gone.*NOT_FOUND'
    }

    It 'says what to do where the user has not enabled the API' {
        Add-SandboxFault $sandbox 'service=appsscript,kind=error,code=USER_HAS_NOT_ENABLED_THE_API'
        $null = Get-JadaScriptProject $main -ErrorVariable problems -ErrorAction SilentlyContinue
        "$($problems[0])" | Should -Match 'script\.google\.com/home/usersettings'
        $problems[0].CategoryInfo.Category | Should -Be 'PermissionDenied'
    }

    It 'says how to sign in where there are no credentials' {
        $token, $env:GOOGLE_OAUTH_ACCESS_TOKEN, $env:GOOGLE_APPLICATION_CREDENTIALS = $env:GOOGLE_OAUTH_ACCESS_TOKEN, $null, $env:clasp_config_auth
        try {
            { Get-JadaScriptProject $main -ErrorAction Stop } | Should -Throw '*clasp login*' -ErrorId 'NoCredentials*'
        }
        finally {
            $env:GOOGLE_OAUTH_ACCESS_TOKEN, $env:GOOGLE_APPLICATION_CREDENTIALS = $token, $null
        }
    }

    It 'shows projects as a table and as a list' {
        $project = Get-JadaScriptProject $main -Name main
        ($project | Out-String -Width 100).Trim() -split '\r?\n' | Should -Contain 'main                     7        3 @3         2026-02-25 JADA'
        ($project | Format-List | Out-String -Width 160) | Should -Match 'Versions +: 1: bookings\r?\n +2: bookings, waivers'
    }
}
