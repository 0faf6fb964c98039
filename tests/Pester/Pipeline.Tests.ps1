BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $sandbox = Start-Sandbox --latency, 20ms
    $connection = $sandbox.Connection

    function Start-Shell {
        param([string] $Command, [hashtable] $Parameters)
        # One command and not a batch of two: a batch that is stopped reaches for its session once more, which may be gone by then.
        $session = [initialsessionstate]::CreateDefault2()
        $session.ImportPSModule($env:JADA_MODULE)
        [powershell]::Create($session).AddCommand($Command).AddParameters($Parameters)
    }
}

AfterAll { Stop-Sandbox $sandbox }

Describe 'Ctrl+C' {
    It 'ends <Command> within a second' -ForEach @(
        @{ Command = 'New-JadaSnapshot'; More = @{ Name = 'stopped'; Store = 'here'; Layer = 's3' }; Stuck = 'service=s3,operation=GetObject,rate=0.05' }
        @{ Command = 'Get-JadaInventory'; More = @{}; Stuck = 'operation=List*' }
        @{ Command = 'Get-JadaBucketInventory'; More = @{}; Stuck = 'operation=ListObjectsV2' }
    ) {
        if ($More.Store) { $More.Store = "$TestDrive" }
        Add-SandboxFault $sandbox "$Stuck,kind=delay,delay=60s"
        $shell = Start-Shell $Command ($connection + $More)
        try {
            $running = $shell.BeginInvoke()
            Start-Sleep -Milliseconds 1500
            $running.IsCompleted | Should -BeFalse
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            $watch.ElapsedMilliseconds | Should -BeLessThan 1000
            $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        }
        finally {
            $shell.Dispose()
            Clear-SandboxFault $sandbox
        }
    }

    It 'leaves nothing under the final name, and the same command goes on from there' {
        Join-Path $TestDrive stopped | Should -Not -Exist
        (Get-JadaSnapshot $TestDrive -Name stopped).Status | Should -Be 'Unfinished'
        (New-JadaSnapshot stopped $TestDrive -Layer s3 @connection | Test-JadaSnapshot).Result | Should -Be 'Whole'
    }
}

Describe 'Select-Object -First' {
    It 'stops the work behind it' {
        $null = Get-JadaInventory -Layer s3 @connection
        $null = Invoke-WebRequest "$($sandbox.Endpoint)/_sandbox/requests" -Method Delete
        Get-JadaBucketInventory -ThrottleLimit 1 @connection | Select-Object -First 2 | Should -HaveCount 2
        $calls = (Get-SandboxCall $sandbox).Counts.'s3:ListObjectsV2'
        Start-Sleep -Milliseconds 300
        (Get-SandboxCall $sandbox).Counts.'s3:ListObjectsV2' | Should -Be $calls
        $calls | Should -BeLessThan 40
    }
}

Describe 'Progress' {
    BeforeAll {
        $null = New-JadaSnapshot looked-at $TestDrive -Layer iam @connection
        function Read-Progress {
            param([string] $Command, [hashtable] $Parameters)
            $shell = Start-Shell $Command $Parameters
            try {
                $null = $shell.Invoke()
                , @($shell.Streams.Progress)
            }
            finally { $shell.Dispose() }
        }
    }

    It 'tells what was fetched and how fast' {
        $said = Read-Progress Sync-JadaBucket ($connection + @{ BucketName = 'sailjada.com'; Destination = "$TestDrive/sync" })
        $said[-1].StatusDescription | Should -Match '^126 objects fetched \([\d.]+ kB, [\d.]+ .?B/s\)$'
        $said[-1].RecordType | Should -Be Completed
    }

    It 'tells of how much a verification has read how much' {
        $said = Read-Progress Test-JadaSnapshot @{ Path = "$TestDrive/looked-at" }
        $said[-1].StatusDescription | Should -Match '^[\d,]+ of [\d,]+ files, [\d.]+ kB of [\d.]+ kB, [\d.]+ .?B/s$'
        $said[-1].PercentComplete | Should -Be 100
    }

    It 'is not made where nobody looks' {
        $said = Read-Progress Test-JadaSnapshot @{ Path = "$TestDrive/looked-at"; ProgressAction = 'SilentlyContinue' }
        $said.Count | Should -Be 0
    }
}
