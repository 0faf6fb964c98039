BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $sandbox = Start-Sandbox --no-budgets
    $connection = $sandbox.Connection
}

AfterAll { Stop-Sandbox $sandbox }

Describe 'New-JadaInstanceSnapshot' {
    AfterEach { Clear-SandboxFault $sandbox }

    It 'makes a snapshot under a name of its own, and waits until it is there' {
        $snapshot = Get-JadaInstance @connection | New-JadaInstanceSnapshot @connection
        $snapshot.State | Should -Be available
        $snapshot.InstanceSnapshotName | Should -Match '^jada-web-\d{8}-\d{6}$'
        $snapshot.InstanceName | Should -Be jada-web
        $snapshot.SizeInGb | Should -Be 80
    }

    It 'takes a name, which no other snapshot may have' {
        (New-JadaInstanceSnapshot jada-web before-release @connection).InstanceSnapshotName | Should -Be before-release
        New-JadaInstanceSnapshot jada-web before-release @connection -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        "$problems" | Should -BeLike '*already in use*'
    }

    It 'does not wait with -NoWait' {
        (New-JadaInstanceSnapshot jada-web unattended -NoWait @connection).State | Should -Be pending
    }

    It 'says so where a snapshot takes too long, and hands it on as it is' {
        Add-SandboxFault $sandbox 'service=lightsail,operation=GetInstanceSnapshot,kind=delay,delay=1.1s'
        $snapshot = New-JadaInstanceSnapshot jada-web slow -Timeout 1 @connection -ErrorVariable problems -ErrorAction SilentlyContinue
        $snapshot.State | Should -Be pending
        $problems[0].Exception.Problem.ErrorCode | Should -Be TimedOut
    }

    It 'makes nothing with -WhatIf' {
        $before = (Get-SandboxCall $sandbox).Counts.'lightsail:CreateInstanceSnapshot'
        New-JadaInstanceSnapshot jada-web -WhatIf @connection | Should -BeNullOrEmpty
        (Get-SandboxCall $sandbox).Counts.'lightsail:CreateInstanceSnapshot' | Should -Be $before
    }

    It 'is part of a snapshot on request' {
        $snapshot = New-JadaSnapshot v1 (Join-Path $TestDrive store) -Layer lightsail -IncludeInstanceSnapshot @connection
        $snapshot.Status | Should -Be Complete
        $snapshot.Includes | Should -Be instanceSnapshots
        $kept = Get-Content (Join-Path $snapshot.Path aws-configs lightsail us-west-2 instances jada-web instance-snapshot.json) | ConvertFrom-Json
        $kept.instanceSnapshot.state | Should -Be available
    }
}
