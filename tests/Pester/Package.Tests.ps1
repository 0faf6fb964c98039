BeforeDiscovery {
    $hasAnalyzer = [bool](Get-Module -ListAvailable PSScriptAnalyzer)
}

BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $root = Split-Path (Split-Path $PSScriptRoot)
    # What a gallery would hold and hand out of the module as it was built.
    Compress-PSResource -Path $env:JADA_MODULE -DestinationPath $TestDrive
    $package = Get-Item "$TestDrive/JadaSnapshot.*.nupkg"
    $unpacked = Join-Path $TestDrive modules JadaSnapshot
    [IO.Compression.ZipFile]::ExtractToDirectory($package.FullName, $unpacked)
    $manifest = Import-PowerShellDataFile (Join-Path $unpacked JadaSnapshot.psd1)
}

Describe 'The package' {
    It 'has a manifest that is complete' {
        $tested = Test-ModuleManifest (Join-Path $unpacked JadaSnapshot.psd1) -WarningVariable warnings -ErrorVariable errors
        @($warnings) + @($errors) | Should -BeNullOrEmpty
        $data = $tested.PrivateData.PSData
        foreach ($value in $tested.Author, $tested.CompanyName, $tested.Copyright, $tested.Description, $data.Tags, $data.LicenseUri, $data.ReleaseNotes) { $value | Should -Not -BeNullOrEmpty }
        Get-Content (Join-Path $root CHANGELOG.md) -Raw | Should -Match "(?m)^## \[(Unreleased|$([regex]::Escape($tested.Version)))\]"
    }

    It 'holds what its manifest names, and nothing that nobody needs' {
        $files = (Get-ChildItem $unpacked -Recurse -File).ForEach{ [IO.Path]::GetRelativePath($unpacked, $_.FullName).Replace('\', '/') }
        foreach ($format in $manifest.FormatsToProcess) { $files | Should -Contain $format }
        $files | Where-Object { $_ -like 'Formats/*' } | Should -HaveCount $manifest.FormatsToProcess.Count
        $files | Should -Contain 'LICENSE'
        $files | Should -Contain 'CHANGELOG.md'
        $files | Where-Object { $_ -match '\.(pdb|cs|config)$|(?<!Help)\.xml$|staticwebassets' -and $_ -ne '[Content_Types].xml' } | Should -BeNullOrEmpty
        # Each library that comes along is named with its licence.
        $notices = Get-Content (Join-Path $unpacked THIRD-PARTY-NOTICES.txt) -Raw
        $foreign = ($files | Where-Object { $_ -match '^Dependencies/[^/]+\.dll$' -and $_ -notmatch 'JadaSnapshot' }).ForEach{ [IO.Path]::GetFileNameWithoutExtension($_) }
        $foreign.Count | Should -BeGreaterThan 5
        $foreign | Where-Object { $notices -notmatch "(?m)(^|, )$([regex]::Escape($_))(,|$)" } | Should -BeNullOrEmpty
    }

    It 'imports by its name from a folder of modules, with cmdlets, views and help, and its sandbox starts' {
        $said = pwsh -NoProfile -NonInteractive -Command {
            param($modules, $store)
            $env:PSModulePath = $modules + [IO.Path]::PathSeparator + $env:PSModulePath
            Import-Module JadaSnapshot
            (Get-Module JadaSnapshot).ModuleBase
            (Get-Command -Module JadaSnapshot).Count
            (Get-Help Remove-JadaSnapshot).Synopsis
            [bool](Get-FormatData JadaSnapshot.SnapshotRemoval)
            [bool](Get-Help about_Jada_Recovery)
            @(Get-JadaSnapshot $store).Count
            dotnet (Join-Path (Get-Module JadaSnapshot).ModuleBase Sandbox JadaSnapshot.Sandbox.dll) --help | Select-Object -First 1
        } -args (Split-Path $unpacked), "$TestDrive"
        $said[0] | Should -Be $unpacked
        $said[1] | Should -Be $manifest.CmdletsToExport.Count
        $said[2] | Should -Match '^Removes snapshots'
        $said[3..4] | Should -Be 'True', 'True'
        $said[5] | Should -Be 0
        $said[6] | Should -Not -BeNullOrEmpty
    }
}

Describe 'Scripts and manifest' {
    It 'keep the rules of PSScriptAnalyzer' -Skip:(-not $hasAnalyzer) {
        Import-Module PSScriptAnalyzer
        # Files have no byte order mark here, what a script's functions use of its parameters is not seen, and functions of the build are nobody's cmdlets.
        $settings = @{ Severity = 'Error', 'Warning'; ExcludeRules = 'PSUseBOMForUnicodeEncodedFile', 'PSReviewUnusedParameter', 'PSUseShouldProcessForStateChangingFunctions' }
        $paths = (Join-Path $env:JADA_MODULE JadaSnapshot.psd1), (Join-Path $root build.ps1), (Join-Path $root module Help.psm1), (Join-Path $root demo demo.ps1)
        $paths | ForEach-Object { Invoke-ScriptAnalyzer $_ -Settings $settings } | ForEach-Object { "$($_.ScriptName):$($_.Line) $($_.RuleName): $($_.Message)" } | Should -BeNullOrEmpty
    }
}
