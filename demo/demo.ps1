<#
.SYNOPSIS
    The main job through the cmdlets: an estate on loopback is captured, verified, harmed, and found to be harmed.
#>
param([string] $Configuration = 'Release')

$ErrorActionPreference = 'Stop'
$root = Split-Path $PSScriptRoot
Import-Module (Join-Path $root artifacts module JadaSnapshot) -Force

$store = Join-Path $root artifacts demo snapshot
if (Test-Path $store/v1.0) { Remove-Item -Recurse -Force $store/v1.0 }

$sandbox = [System.Diagnostics.Process]::Start([System.Diagnostics.ProcessStartInfo] @{
        FileName               = 'dotnet'
        Arguments              = "`"$(Join-Path $root artifacts bin JadaSnapshot.Sandbox $Configuration.ToLowerInvariant() JadaSnapshot.Sandbox.dll)`" --latency 20ms"
        RedirectStandardOutput = $true
    })
try {
    $connection = @{}
    while ($null -ne ($line = $sandbox.StandardOutput.ReadLine()) -and $line -notlike 'PowerShell:*') {
        if ($line -match '^export AWS_ENDPOINT_URL=(.+)$') { $connection.EndpointUrl = $Matches[1] }
        if ($line -match '^export AWS_ACCESS_KEY_ID=(.+)$') { $connection.AccessKey = $Matches[1] }
        if ($line -match '^export AWS_SECRET_ACCESS_KEY=(.+)$') { $connection.SecretKey = $Matches[1] }
        if ($line -match '^export AWS_REGION=(.+)$') { $connection.Region = $Matches[1] }
    }
    if (-not $connection.EndpointUrl) { throw 'The sandbox did not start.' }

    "`n1. What is there"
    Get-JadaBucketInventory @connection | Where-Object ObjectCount -gt 100 | Sort-Object TotalBytes -Descending | Format-Table | Out-Host

    '2. Capture'
    $snapshot = New-JadaSnapshot -Name v1.0 -Store $store @connection
    $snapshot.Layers | Format-Table | Out-Host

    '3. Verify'
    $snapshot | Test-JadaSnapshot | Format-Table | Out-Host

    '4. Harm: one bit of a page is flipped'
    $page = Join-Path $snapshot.Path s3-buckets sailjada.com index.html
    Set-ItemProperty $page IsReadOnly $false
    $bytes = [System.IO.File]::ReadAllBytes($page)
    $bytes[$bytes.Length / 2] = $bytes[$bytes.Length / 2] -bxor 1
    [System.IO.File]::WriteAllBytes($page, $bytes)
    $verification = $snapshot | Test-JadaSnapshot
    $verification.Findings | Format-Table | Out-Host

    '5. What the store holds'
    Get-JadaSnapshot -Store $store | Format-Table | Out-Host
}
finally {
    $sandbox.Kill()
}
