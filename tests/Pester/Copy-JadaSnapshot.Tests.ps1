BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $sandbox = Start-Sandbox --empty, --synthetic, 'name=alpha,count=20,size=2000', --locked-bucket, offsite
    $connection = $sandbox.Connection
    $store = Join-Path $TestDrive snapshot
    foreach ($name in 'v1.0', 'v1.1') { $null = New-JadaSnapshot $name $store -Layer s3 @connection }
}

AfterAll { Stop-Sandbox $sandbox }

Describe 'Copy-JadaSnapshot' {
    It 'says with -WhatIf what it would do, and does nothing' {
        Copy-JadaSnapshot v1.0 s3://offsite/jada -Store $store @connection -WhatIf | Should -BeNullOrEmpty
        Get-JadaSnapshot -Store s3://offsite/jada @connection | Should -BeNullOrEmpty
    }

    It 'copies to S3 what the pipeline or a name says, and the rest of a second one S3 copies itself' {
        $first = Get-JadaSnapshot -Store $store -Name v1.0 @connection | Copy-JadaSnapshot -Destination s3://offsite/jada @connection
        $first.Status, $first.Path, $first.CopiedCount | Should -Be 'Complete', 's3://offsite/jada/v1.0', $first.FileCount
        $second = Copy-JadaSnapshot latest s3://offsite/jada -Store $store @connection
        $second.Name, $second.Base | Should -Be 'v1.1', 'v1.0'
        $second.TakenCount | Should -BeGreaterThan 20
        (Copy-JadaSnapshot 'v*' s3://offsite/jada -Store $store @connection | ForEach-Object CopiedCount) | Should -Be 0, 0
    }

    It 'shows and proves what lies in S3' {
        $remote = Get-JadaSnapshot -Store s3://offsite/jada @connection
        $remote.Name | Should -Be 'v1.0', 'v1.1'
        $remote.Status | Should -Be 'Complete', 'Complete'
        (Get-JadaSnapshot s3://offsite/jada/v1.1 @connection).FileCount | Should -Be (Get-JadaSnapshot (Join-Path $store v1.1) @connection).FileCount
        ($remote | Test-JadaSnapshot @connection).Result | Should -Be 'Whole', 'Whole'
        $remote[0] | Test-JadaSnapshot -Quick -Quiet @connection | Should -BeTrue
    }

    It 'locks what is there where it is told to' {
        $until = [datetime]::UtcNow.Date.AddDays(3)
        $locked = Copy-JadaSnapshot v1.0 s3://offsite/jada -Store $store -RetainDays 2 @connection
        $locked.RetainUntil.UtcDateTime, $locked.CopiedCount | Should -Be $until, 0
        (Get-SandboxCall $sandbox).Counts.'s3:PutObjectRetention' | Should -Be $locked.FileCount
    }

    It 'brings one back that sha256sum agrees with' {
        $back = Join-Path $TestDrive back
        (Copy-JadaSnapshot v1.0 $back -Store s3://offsite/jada @connection).Status | Should -Be 'Complete'
        Test-JadaSnapshot (Join-Path $back v1.0) -Quiet | Should -BeTrue
        Get-FileHash (Join-Path $back v1.0 SHA256SUMS) | ForEach-Object Hash | Should -Be (Get-FileHash (Join-Path $store v1.0 SHA256SUMS)).Hash
    }

    It 'needs no connection from folder to folder' {
        (Copy-JadaSnapshot v1.0 (Join-Path $TestDrive other) -Store $store).Status | Should -Be 'Complete'
    }

    It 'goes on where a name means nothing' {
        $result = Copy-JadaSnapshot nope, v1.0 (Join-Path $TestDrive third) -Store $store -ErrorVariable problems -ErrorAction SilentlyContinue
        $result.Name | Should -Be 'v1.0'
        $problems.FullyQualifiedErrorId | Should -Be 'NotASnapshot,JadaSnapshot.Commands.CopyJadaSnapshotCommand'
    }

    It 'refuses <Because>' -ForEach @(
        @{ Because = 'a place that is none'; Id = 'InvalidName'; Given = @{ Destination = 's3://Off/x' } }
        @{ Because = 'a bucket without locks where one is wanted'; Id = 'NoObjectLock'; Given = @{ Destination = 's3://alpha/jada'; RetainDays = 1 } }
        @{ Because = 'a lock on a folder'; Id = 'LockNeedsS3'; Given = @{ Destination = 'x'; LegalHold = $true } }
        @{ Because = 'two times'; Id = 'AmbiguousRetention'; Given = @{ Destination = 's3://offsite/jada'; RetainDays = 1; RetainUntil = '2999-01-01' } }
        @{ Because = 'a mode without a time'; Id = 'RetentionMissing'; Given = @{ Destination = 's3://offsite/jada'; RetentionMode = 'Compliance' } }
        @{ Because = 'a time that is over'; Id = 'RetentionInThePast'; Given = @{ Destination = 's3://offsite/jada'; RetainUntil = '2020-01-01' } }
    ) {
        { Copy-JadaSnapshot v1.0 -Store $store @Given @connection -ErrorAction Stop } | Should -Throw -ErrorId "$Id,*"
    }

    It 'copies from place to place in S3' {
        $further = Get-JadaSnapshot -Store s3://offsite/jada -Name v1.0 @connection | Copy-JadaSnapshot -Destination s3://offsite/further @connection
        $further.Status, $further.Path, $further.CopiedCount | Should -Be 'Complete', 's3://offsite/further/v1.0', $further.FileCount
    }
}

Describe 'A snapshot that lies in S3' {
    BeforeAll {
        $home_ = $env:XDG_DATA_HOME
        $env:XDG_DATA_HOME = Join-Path $TestDrive data
    }

    AfterAll { $env:XDG_DATA_HOME = $home_ }

    It 'is compared where it lies, by name, by address and from the pipeline' {
        (Compare-JadaSnapshot v1.0 latest -Store s3://offsite/jada -Summary @connection).ChangedCount | Should -Be 0
        (Compare-JadaSnapshot s3://offsite/jada/v1.1 (Join-Path $store v1.0) -Summary @connection).ComparedCount | Should -BeGreaterThan 20
        $live = Get-JadaSnapshot -Store s3://offsite/jada -Name v1.1 @connection | Compare-JadaSnapshot -Live @connection
        $live.Resource | Sort-Object -Unique | Should -Be 'offsite'
    }

    It 'is restored from there, with what it made noted in a folder of this machine' {
        Restore-JadaBucket alpha latest -Store s3://offsite/jada -Rename copy- @connection -WhatIf | Should -BeNullOrEmpty
        $results = Get-JadaRestorePlan s3://offsite/jada/v1.1 -Name alpha -Rename copy- @connection | Restore-JadaSnapshot -Rename copy- @connection -Confirm:$false
        $results.Status | Sort-Object -Unique | Should -Be 'Done'
        ($results | Where-Object Count).Count | Should -Be 20
        Join-Path $env:XDG_DATA_HOME JadaSnapshot/offsite/jada/.restores/v1.1-*.jsonl | Should -Exist
    }

    It 'is proven by its name, shown and told of' {
        Test-JadaSnapshot v1.0 -Store s3://offsite/jada -Quick -Quiet @connection | Should -BeTrue
        (Show-JadaSnapshot latest -Store s3://offsite/jada -PassThru @connection).FullName | Should -Be (Join-Path $env:XDG_DATA_HOME JadaSnapshot/offsite/jada/.reports/v1.1.html)
        Export-JadaRunbook s3://offsite/jada/v1.0 -Name alpha @connection | Should -BeLike '# Recovery from v1.0*'
    }

    It 'is said to be there or not with what else is' {
        { Compare-JadaSnapshot nope latest -Store s3://offsite/jada @connection } | Should -Throw "*which holds v1.1, v1.0*" -ErrorId 'NotASnapshot,*'
    }

    It 'is completed by name' {
        $typed = "Compare-JadaSnapshot -Store s3://offsite/jada -AccessKey $($connection.AccessKey) -SecretKey $($connection.SecretKey) -EndpointUrl $($connection.EndpointUrl) -Region us-west-2 -Reference "
        (TabExpansion2 $typed $typed.Length).CompletionMatches.CompletionText | Should -Be 'latest', 'v1.1', 'v1.0'
    }

    It 'is no path for what needs one on disk' {
        $thrown = { Unprotect-JadaSecret s3://offsite/jada/v1.0 @connection -ErrorAction Stop } | Should -Throw -ErrorId 'PathInS3,*' -PassThru
        $thrown.ErrorDetails.RecommendedAction | Should -BeLike 'Copy-JadaSnapshot*'
    }
}
