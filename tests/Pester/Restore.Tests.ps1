BeforeAll {
    . $PSScriptRoot/Setup.ps1
    $source = Start-SmallSandbox
    $target = Start-Sandbox --empty, --account, '999999999999'
    $from = $source.Connection
    $to = $target.Connection
    $store = Join-Path $TestDrive store
    $null = New-JadaSnapshot v1.0 $store @from -Layer s3, iam
}

AfterAll { $source, $target | ForEach-Object { Stop-Sandbox $_ } }

Describe 'Get-JadaRestorePlan' {
    It 'says that nothing is to be done where all is as it was' {
        $plan = Get-JadaRestorePlan v1.0 -Store $store @from
        $plan.Action | Select-Object -Unique | Should -Be 'Skip'
        $plan.Count | Should -Be 2
    }

    It 'says what is made, in order, with counts' {
        $plan = Get-JadaRestorePlan v1.0 -Store $store -Name alpha @to
        $plan.Phase | Select-Object -First 2 | Should -Be 'Buckets', 'Objects'
        ($plan | Where-Object Part -EQ objects).Count | Should -Be 20
        $plan.Action | Select-Object -Unique | Should -Be 'Create'
    }

    It 'says so where the snapshot has nothing of a name, or is not there' {
        { Get-JadaRestorePlan v1.0 -Store $store -Name gamma @to -ErrorAction Stop } | Should -Throw -ErrorId 'NotInSnapshot,*'
        { Get-JadaRestorePlan v9 -Store $store @to -ErrorAction Stop } | Should -Throw -ErrorId 'NotASnapshot,*'
    }
}

Describe 'Restore-JadaSnapshot' {
    It 'changes nothing with -WhatIf' {
        $null = Get-JadaRestorePlan v1.0 -Store $store @to | Restore-JadaSnapshot @to -WhatIf
        Get-JadaInventory -Layer s3 @to | Should -BeNullOrEmpty
    }

    It 'takes the steps that are piped, and those alone' {
        $results = Get-JadaRestorePlan v1.0 -Store $store @to | Where-Object Name -EQ alpha | Restore-JadaSnapshot @to -Confirm:$false
        $results.Status | Select-Object -Unique | Should -Be 'Done'
        (Get-JadaInventory -Layer s3 @to).Name | Should -Be 'alpha'
        ($results | Where-Object { $_.Step.Part -eq 'objects' }).Count | Should -Be 20
    }

    It 'does the rest when it is asked for all, and then nothing' {
        $null = Restore-JadaSnapshot v1.0 -Store $store @to -Confirm:$false
        (Get-JadaBucketInventory @to | Measure-Object ObjectCount -Sum).Sum | Should -Be 40
        Restore-JadaSnapshot v1.0 -Store $store @to -Confirm:$false -InformationVariable told | Should -BeNullOrEmpty
        $told | Should -Match 'nothing to restore'
    }

    It 'names what fails as an error, and goes on' {
        $other = Start-Sandbox --empty, --fault, 'service=s3,operation=PutObject,every=2,kind=deny'
        $there = $other.Connection
        try {
            $results = Restore-JadaSnapshot v1.0 -Store $store @there -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failures
            $failures.FullyQualifiedErrorId | Select-Object -Unique | Should -Be 'NotRestored,JadaSnapshot.Commands.RestoreJadaSnapshotCommand'
            ($results | Where-Object Status -EQ Failed).Step.Part | Select-Object -Unique | Should -Be 'objects'
        }
        finally { Stop-Sandbox $other }
    }
}

Describe 'Restore-JadaBucket' {
    It 'restores under another name' {
        $results = Restore-JadaBucket alpha v1.0 -Store $store -Rename @{ alpha = 'alpha-copy' } @to -Confirm:$false
        $results[0].TargetName | Should -Be 'alpha-copy'
        (Get-JadaBucketInventory alpha-copy @to).ObjectCount | Should -Be 20
    }
}

Describe 'Test-JadaRecovery' {
    It 'restores into an empty sandbox of its own and says what did not come back' {
        $test = Test-JadaRecovery v1.0 -Store $store
        $test.Status | Should -Be 'Recovered'
        $test.RecoveredCount | Should -Be 2
        ($test.Layers | Where-Object Layer -EQ s3).ContentCount | Should -Be 40
    }

    It 'is not deceived by a file that has rotted' {
        $rotten = Join-Path $TestDrive rotten
        $null = New-JadaSnapshot v1.0 $rotten @from -Layer s3
        $file = Get-ChildItem (Join-Path $rotten v1.0/s3-buckets/beta) -File -Recurse | Select-Object -First 1
        $bytes = [IO.File]::ReadAllBytes($file.FullName)
        $bytes[0] = $bytes[0] -bxor 1
        $file.IsReadOnly = $false
        [IO.File]::WriteAllBytes($file.FullName, $bytes)
        $test = Test-JadaRecovery v1.0 -Store $rotten
        $test.Status | Should -Be 'Incomplete'
        $test.Findings | Where-Object { -not $_.IsExpected } | ForEach-Object Name | Should -Be 'beta'
    }
}
