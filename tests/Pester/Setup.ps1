# What every test file begins with: the built module, imported as a user does, and a session without anyone's AWS or Google settings.
$artifacts = Join-Path (Split-Path (Split-Path $PSScriptRoot)) artifacts
$env:JADA_MODULE ??= Join-Path $artifacts module JadaSnapshot
$env:JADA_SANDBOX ??= Join-Path $artifacts bin JadaSnapshot.Sandbox debug JadaSnapshot.Sandbox.dll
$env:JADA_RIVALS ??= Join-Path $artifacts rivals

Get-ChildItem Env:AWS_* | Remove-Item
$env:AWS_SHARED_CREDENTIALS_FILE = $env:AWS_CONFIG_FILE = Join-Path $artifacts no-such-file
$env:AWS_EC2_METADATA_DISABLED = 'true'
Get-ChildItem Env:GOOGLE_*, Env:JADA_GOOGLE_* | Remove-Item
$env:clasp_config_auth = Join-Path $artifacts no-such-file

Import-Module $env:JADA_MODULE
Import-Module (Join-Path $PSScriptRoot Sandbox.psm1)
