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
    [string] $Configuration = 'Release'
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

function Invoke-Help { 'There are no help pages yet.' }

function Invoke-Package {
    Invoke-Build
    $version = (Import-PowerShellDataFile (Join-Path $module JadaSnapshot.psd1)).ModuleVersion
    $packages = New-Item -ItemType Directory -Force (Join-Path $PSScriptRoot artifacts package)
    Compress-Archive -Force $module (Join-Path $packages "JadaSnapshot-$version.zip")
    Compress-PSResource -Path $module -DestinationPath $packages
}

foreach ($name in $Task) { & "Invoke-$name" }
