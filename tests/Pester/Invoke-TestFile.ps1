# Runs one test file; with a second path it leaves the counts there.
param([string] $Path, [string] $ResultPath)

Import-Module Pester -MinimumVersion 5.5 -MaximumVersion 5.99
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Detailed'
$configuration.Output.RenderMode = 'Plaintext'
$run = Invoke-Pester -Configuration $configuration

$failed = $run.FailedCount + $run.FailedBlocksCount + $run.FailedContainersCount
if ($run.TotalCount -eq 0) { $failed++ }
if ($ResultPath) { @{ Passed = $run.PassedCount; Failed = $failed; Skipped = $run.SkippedCount + $run.NotRunCount } | ConvertTo-Json | Set-Content -LiteralPath $ResultPath }
