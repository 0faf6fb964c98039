BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $PSStyle.OutputRendering = 'PlainText'
    $sandbox = Start-SmallSandbox
    Connect-SandboxGoogle $sandbox
    $connection = $sandbox.Connection.Clone()
    $connection.Remove('Region')

    function Set-Estate([string] $Text, [string] $Folder = 'TestDrive:/estate') {
        $null = New-Item -ItemType Directory -Force $Folder
        Set-Content -LiteralPath "$Folder/jada.json" -Value $Text
        if (-not $IsWindows) { chmod go-w (Convert-Path $Folder) (Convert-Path "$Folder/jada.json") }
    }
}

AfterAll { Stop-Sandbox $sandbox }

Describe 'The estate file' {
    BeforeEach {
        Set-Estate @'
// a small estate
{
  "regions": ["us-west-2"],
  "store": "kept",
  "snapshot": { "excludeKeys": ["*1*"] },
  "categories": { "al*": "Media" },
  "sites": { "alpha": { "buckets": ["alpha"], "staging": [{ "place": "beta", "standsFor": "alpha" }] } },
}
'@
        Push-Location TestDrive:/estate
    }

    AfterEach { Pop-Location }

    It 'is read as a typed object, from the folder or from below it' {
        $null = New-Item -ItemType Directory -Force below/it
        Push-Location below/it
        try { $estate = Get-JadaEstate } finally { Pop-Location }
        $estate | Should -BeOfType JadaSnapshot.EstateFile
        $estate.Store | Should -Be (Join-Path (Convert-Path TestDrive:/estate) kept)
        "$($estate.Sites.Staging)" | Should -Be 'beta → alpha'
        ($estate | Format-List | Out-String) | Should -Match 'alpha: 1 buckets, 1 staging pairs'
    }

    It 'tells New-JadaSnapshot everything but the name' {
        $snapshot = New-JadaSnapshot v1.0 @connection -Layer s3
        $snapshot.Status | Should -Be 'Complete'
        $snapshot.Path | Should -Be (Join-Path (Convert-Path TestDrive:/estate) kept v1.0)
        $snapshot.ExcludeKeys | Should -Be '*1*'
        $snapshot.Regions | Should -Contain 'us-west-2'
        (Get-JadaSnapshot).Name | Should -Be 'v1.0'
    }

    It 'gives way to what a parameter says' {
        $snapshot = New-JadaSnapshot v1.1 TestDrive:/other @connection -Layer s3 -ExcludeKey '*2*' -Region us-east-1
        $snapshot.Path | Should -BeLike '*other*v1.1'
        $snapshot.ExcludeKeys | Should -Be '*2*'
        $snapshot.Regions | Should -Be 'us-east-1'
    }

    It 'links from the latest snapshot where it says so' {
        (Get-Content jada.json -Raw).Replace('"excludeKeys"', '"base": "latest", "excludeKeys"') | Set-Content jada.json
        $first = New-JadaSnapshot first @connection -Layer s3 -Store linked
        $second = New-JadaSnapshot second @connection -Layer s3 -Store linked
        $first.Base, $second.Base | Should -Be $null, 'first'
    }

    It 'says what buckets are for' {
        $buckets = Get-JadaBucketInventory @connection -SkipObjectCount | Sort-Object BucketName
        $buckets.Category | Should -Be 'Media', 'Staging'
        $buckets.CategoryReason | Should -Be 'the estate file says so of al*', 'the estate file has it stand for alpha'
    }

    It 'is named by its path or its folder from anywhere' {
        Push-Location /
        try {
            (Get-JadaEstate TestDrive:/estate).Path | Should -Be (Get-JadaEstate TestDrive:/estate/jada.json).Path
            (Get-JadaBucketInventory alpha @connection -SkipObjectCount -Estate TestDrive:/estate).Category | Should -Be 'Media'
        }
        finally { Pop-Location }
    }

    It 'stops every cmdlet where it is wrong, with the place and what would be right' {
        Set-Estate "{`n  `"regoins`": []`n}"
        { Get-JadaBucketInventory @connection } | Should -Throw "*jada.json:2:3: 'regoins' means nothing here. Did you mean 'regions'?" -ErrorId 'EstateFileInvalid,*'
        $finding = Test-JadaEstate
        $finding.Severity, $finding.Line, $finding.Column, $finding.Path | Should -Be 'Error', 2, 3, '/regoins'
    }

    It 'keeps a snapshot from being taken of another account' {
        (Get-Content jada.json -Raw).Replace('"store"', '"account": "123456789012", "store"') | Set-Content jada.json
        { New-JadaSnapshot other @connection } | Should -Throw '*is about the account 123456789012*' -ErrorId 'EstateFileInvalid,*'
        Test-Path kept/other, kept/.partial-other | Should -Not -Contain $true
    }
}

Describe 'Where there is no estate file' {
    BeforeAll {
        $null = New-Item -ItemType Directory -Force TestDrive:/nothing
        Push-Location TestDrive:/nothing
    }

    AfterAll { Pop-Location }

    It '<Command> says what is missing' -ForEach @(
        @{ Command = 'Get-JadaEstate'; Id = 'EstateFileNotFound,*'; Arguments = @{} }
        @{ Command = 'Test-JadaEstate'; Id = 'EstateFileNotFound,*'; Arguments = @{} }
        @{ Command = 'Get-JadaEstate'; Id = 'PathNotFound,*'; Arguments = @{ Estate = 'nowhere.json' } }
        @{ Command = 'New-JadaSnapshot'; Id = 'StoreMissing,*'; Arguments = @{ Name = 'v1.0' } }
        @{ Command = 'Get-JadaScriptProject'; Id = 'ScriptProjectMissing,*'; Arguments = @{} }
        @{ Command = 'Export-JadaScriptProject'; Id = 'ScriptProjectMissing,*'; Arguments = @{ Destination = 'x' } }
    ) {
        { & $Command @Arguments -ErrorAction Stop } | Should -Throw -ErrorId $Id
    }
}

Describe 'New-JadaEstate' {
    BeforeEach {
        Remove-Item TestDrive:/new -Recurse -ErrorAction Ignore
        $null = New-Item -ItemType Directory TestDrive:/new
        if (-not $IsWindows) { chmod go-w (Convert-Path TestDrive:/new) }
        Push-Location TestDrive:/new
    }

    AfterEach { Pop-Location }

    It 'writes a file that Test-JadaEstate has nothing to say about, and returns the estate' {
        $estate = New-JadaEstate @connection -Region us-west-2 -Store ../snapshots -ProtectTo alias/nowhere
        $estate.Path | Should -Be (Join-Path (Convert-Path .) jada.json)
        $estate.Regions | Should -Be 'us-west-2'
        (Get-Content jada.json -Raw) | Should -Match '(?m)^\s*// '
        $findings = $estate | Test-JadaEstate @connection
        "$($findings.Path)" | Should -Be '/protectTo/0'
        (Get-ChildItem -Force).Name | Should -Be 'jada.json'
    }

    It 'writes nothing under -WhatIf' {
        New-JadaEstate @connection -Region us-west-2 -WhatIf | Should -BeNullOrEmpty
        Get-ChildItem -Force | Should -BeNullOrEmpty
    }

    It 'replaces a file, even a broken one, under -Force alone' {
        Set-Content jada.json '{'
        { New-JadaEstate @connection -Region us-west-2 } | Should -Throw -ErrorId 'EstateFileExists,*'
        Get-Content jada.json | Should -Be '{'
        (New-JadaEstate @connection -Region us-west-2 -Force).Store | Should -Not -BeNullOrEmpty
    }

    It 'takes script projects, which then are known by name' {
        $null = New-JadaEstate @connection -Region us-west-2 -ScriptProject @{ bookings = '1abc-Def_2' }
        (Get-JadaInventory -Layer appsscript @connection).Id | Should -Be '1abc-Def_2'
        $null = Get-JadaScriptProject bookings -ErrorVariable problems -ErrorAction SilentlyContinue
        "$problems" | Should -Match 'bookings.*NOT_FOUND'
        (Test-JadaEstate @connection).Path | Should -Be '/scriptProjects/bookings'
    }
}

Describe 'Test-JadaEstate' {
    It 'calls nobody under -Offline' {
        Set-Estate '{ "sites": { "s": { "buckets": ["nowhere"] } } }'
        Test-JadaEstate TestDrive:/estate -Offline -EndpointUrl http://127.0.0.1:1 | Should -BeNullOrEmpty
    }

    It 'shows findings as a table' {
        Set-Estate '{ "sites": { "s": { "buckets": ["alphs"] } } }'
        (Test-JadaEstate TestDrive:/estate @connection -Region us-west-2 | Out-String -Width 120) -split '\r?\n' | Should -Contain "Error        1     33 There is no bucket 'alphs'. Did you mean 'alpha'?"
    }
}
