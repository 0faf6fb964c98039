# Runs the test files that it reads, a path and a path for the counts a line, and says after each that it is over.
# Each gets a session of its own, with the environment as it was; what the process has compiled and loaded serves them all.
param([string] $End, [string] $SandboxPort)

$env:JADA_SANDBOX_PORT = $SandboxPort
$before = [Environment]::GetEnvironmentVariables()
while ($null -ne ($line = [Console]::In.ReadLine())) {
    $path, $result = $line -split "`t"
    $runspace = [runspacefactory]::CreateRunspace($Host)
    $runspace.Open()
    $session = [powershell]::Create($runspace)
    try {
        $null = $session.AddCommand((Join-Path $PSScriptRoot Invoke-TestFile.ps1)).AddParameters(@{ Path = $path; ResultPath = $result }).Invoke()
        $session.Streams.Error | Out-Host
    }
    catch { $_ | Out-Host }
    finally {
        $session.Dispose()
        $runspace.Dispose()
    }
    foreach ($name in @([Environment]::GetEnvironmentVariables().Keys)) {
        if (-not $before.Contains($name)) { [Environment]::SetEnvironmentVariable($name, $null) }
    }
    foreach ($name in $before.Keys) { [Environment]::SetEnvironmentVariable($name, $before[$name]) }
    [Environment]::CurrentDirectory = $PSScriptRoot
    [Console]::Out.WriteLine($End)
}
