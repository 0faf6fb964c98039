#!/usr/bin/env pwsh
#Requires -Version 7.4
<#
.SYNOPSIS
    Builds, tests, shows and packs the module.
.EXAMPLE
    ./build.ps1 Build
    Leaves an importable module in artifacts/module/JadaSnapshot.
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Demo', 'Bench', 'Help', 'Package')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release',

    # Where the project lives, for a gallery to show: only Package uses it.
    [uri] $ProjectUri
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
$module = Join-Path $PSScriptRoot artifacts module JadaSnapshot

function Invoke-Build { dotnet build (Join-Path $PSScriptRoot src JadaSnapshot.Cmdlets) --configuration $Configuration --nologo }

function Invoke-Test { dotnet test $PSScriptRoot --configuration $Configuration --nologo }

function Invoke-Demo {
    $script = Join-Path $PSScriptRoot demo demo.ps1
    if (-not (Test-Path $script)) { return 'There is no demo through the cmdlets yet: dotnet run --project demo.' }
    Invoke-Build
    dotnet build (Join-Path $PSScriptRoot src JadaSnapshot.Sandbox) --configuration $Configuration --nologo
    & $script -Configuration $Configuration
}

function Invoke-Bench {
    Push-Location $PSScriptRoot
    try { dotnet run --configuration Release --project bench } finally { Pop-Location }
}

# In a PowerShell of its own, so that nothing holds the module's files afterwards. What it makes is committed: a build needs no PlatyPS.
function Invoke-Help {
    Invoke-Build
    $pages = Join-Path $PSScriptRoot docs help
    $documentation = Join-Path $PSScriptRoot artifacts bin JadaSnapshot.Cmdlets $Configuration.ToLowerInvariant() JadaSnapshot.Cmdlets.xml
    Remove-Item (Join-Path $module en-US) -Recurse -ErrorAction Ignore # PlatyPS asks Get-Help first, and would believe the help of yesterday.
    pwsh -NoProfile -NonInteractive -Command {
        param($module, $tools, $pages, $documentation, $destination)
        Import-Module $module, $tools
        Update-HelpPage $pages $documentation
        Export-HelpFile $pages $destination
    } -args $module, (Join-Path $PSScriptRoot module Help.psm1), $pages, $documentation, (Join-Path $PSScriptRoot module en-US)
    Invoke-Build
}

function Invoke-Package {
    Invoke-Build
    $manifest = Join-Path $module JadaSnapshot.psd1
    if ($ProjectUri) { (Get-Content $manifest -Raw) -replace '(?m)^( +)LicenseUri ', "`$1ProjectUri   = '$ProjectUri'`n`$0" | Set-Content $manifest -NoNewline }
    $version = (Test-ModuleManifest $manifest).Version
    $packages = New-Item -ItemType Directory -Force (Join-Path $PSScriptRoot artifacts package)
    Compress-Archive -Force $module (Join-Path $packages "JadaSnapshot-$version.zip")
    Compress-PSResource -Path $module -DestinationPath $packages
}

foreach ($name in $Task) { & "Invoke-$name" }
