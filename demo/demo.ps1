# What `dotnet run --project demo` shows, through the cmdlets. Started by `./build.ps1 Demo`.
[CmdletBinding()]
param(
    [string] $Configuration = 'Release',
    [string] $Store
)

$ErrorActionPreference = 'Stop'
$artifacts = Join-Path (Split-Path $PSScriptRoot) artifacts
$Store = $Store ? $Store : (Join-Path $artifacts demo cmdlets)
Import-Module (Join-Path $artifacts module JadaSnapshot)

function Show { param([string] $Title, $Result) "`n$Title"; ($Result | Out-String).Trim([char[]]"`r`n") }

function Switch-Bit {
    param([string] $Path)
    $bytes = [IO.File]::ReadAllBytes($Path)
    $bytes[$bytes.Length / 2] = $bytes[$bytes.Length / 2] -bxor 1
    [IO.File]::SetAttributes($Path, 'Normal')
    [IO.File]::WriteAllBytes($Path, $bytes)
}

$start = [Diagnostics.ProcessStartInfo]::new('dotnet', [string[]]@(
    (Join-Path $artifacts bin JadaSnapshot.Sandbox $Configuration.ToLowerInvariant() JadaSnapshot.Sandbox.dll), '--latency', '20ms'))
$start.RedirectStandardOutput = $true
$sandbox = [Diagnostics.Process]::Start($start)
try {
    $settings = @{}
    while ($settings.Count -lt 3 -and $null -ne ($line = $sandbox.StandardOutput.ReadLine())) {
        if ($line -match '^export (AWS_\w+)=(.+)$') { $settings[$Matches[1]] = $Matches[2] }
    }
    $connection = @{
        EndpointUrl = $settings.AWS_ENDPOINT_URL
        AccessKey   = $settings.AWS_ACCESS_KEY_ID
        SecretKey   = $settings.AWS_SECRET_ACCESS_KEY
        Region      = 'us-west-2', 'us-east-1'
    }
    $name = 'v1.0-{0:HHmmss}' -f (Get-Date)

    $snapshot = New-JadaSnapshot $name $Store @connection
    Show "New-JadaSnapshot $name $Store" $snapshot
    Show 'Its layers' $snapshot.Layers
    Show '… | Test-JadaSnapshot' ($snapshot | Test-JadaSnapshot)

    $victim = Join-Path $snapshot.Path s3-buckets sailjada.com index.html
    Switch-Bit $victim
    Show "One bit of $victim is flipped" ($snapshot | Test-JadaSnapshot)
    Switch-Bit $victim
    Show 'It is flipped back' ($snapshot | Test-JadaSnapshot)

    Show 'Get-JadaBucketInventory | Where-Object ObjectCount -gt 100 | Sort-Object TotalBytes -Descending' (
        Get-JadaBucketInventory @connection | Where-Object ObjectCount -gt 100 | Sort-Object TotalBytes -Descending)
    Show "Get-ChildItem $Store | Get-JadaSnapshot" (Get-ChildItem $Store | Get-JadaSnapshot)
}
finally {
    if (-not $sandbox.HasExited) { $sandbox.Kill($true) }
    $sandbox.Dispose()
}
