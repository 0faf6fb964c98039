BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $sandbox = Start-SmallSandbox
    $connection = $sandbox.Connection
}

AfterAll { Stop-Sandbox $sandbox }

Describe 'New-JadaSnapshot' {
    BeforeAll {
        $store = Join-Path $TestDrive store
        $snapshot = New-JadaSnapshot v1.0 $store -Layer dynamodb, s3 @connection
    }

    It 'hands out the snapshot' {
        $snapshot.Name | Should -Be 'v1.0'
        $snapshot.Status | Should -Be 'Complete'
        $snapshot.Path | Should -Be (Join-Path $store v1.0)
        $snapshot.Layers.Name | Should -Be 'dynamodb', 's3', 'snapshot'
        $snapshot.ProblemCount | Should -Be 0
        $snapshot.ResourceCount | Should -Be 2
        $snapshot.FileCount | Should -BeGreaterThan 40
        $snapshot.ToolVersion | Should -Be (Get-Module JadaSnapshot).Version
    }

    It 'leaves files that sha256sum agrees with' -Skip:(-not (Get-Command sha256sum -ErrorAction Ignore)) {
        Push-Location -LiteralPath $snapshot.Path
        try { sha256sum --check --quiet SHA256SUMS; $LASTEXITCODE | Should -Be 0 }
        finally { Pop-Location }
    }

    It 'takes a store relative to the current folder' {
        Push-Location TestDrive:/
        try { (New-JadaSnapshot v2.0 ./store -Layer s3 @connection).Store | Should -Be $store }
        finally { Pop-Location }
    }

    It 'leaves out keys on request, and says so' {
        $lean = New-JadaSnapshot lean $store -Layer s3 -ExcludeKey '*' @connection
        $lean.ExcludeKeys | Should -Be '*'
        $lean.FileCount | Should -BeLessThan $snapshot.FileCount
    }
}

Describe 'New-JadaSnapshot, asked for something that it cannot do' {
    It 'refuses a name that exists' {
        $null = New-JadaSnapshot twice $TestDrive -Layer s3 @connection
        { New-JadaSnapshot twice $TestDrive -Layer s3 @connection } | Should -Throw -ErrorId 'SnapshotExists,*'
        $Error[0].CategoryInfo.Category | Should -Be 'ResourceExists'
    }

    It 'refuses the name <_>' -ForEach 'a/b', '..', '.hidden', 'a\b' {
        { New-JadaSnapshot $_ $TestDrive -Layer s3 @connection } | Should -Throw -ErrorId 'InvalidName,*'
        Get-ChildItem $TestDrive -Filter 'b*' | Should -BeNullOrEmpty
    }

    It 'refuses a store that is a file' {
        Set-Content TestDrive:/file x
        { New-JadaSnapshot v1 TestDrive:/file -Layer s3 @connection } | Should -Throw -ErrorId 'StoreNotWritable,*'
        $Error[0].Exception.Message | Should -Match 'file'
    }

    It 'refuses a store that is not on disk' {
        { New-JadaSnapshot v1 Env:/store -Layer s3 @connection } | Should -Throw -ErrorId 'PathNotInFileSystem,*'
    }

    It 'names the layers where it is asked for another' {
        { New-JadaSnapshot v1 $TestDrive -Layer nonsense @connection } | Should -Throw -ErrorId 'UnknownLayer,*'
        $Error[0].ErrorDetails.RecommendedAction | Should -Match 'lambda'
    }

    It 'refuses a -ThrottleLimit of 0' {
        { New-JadaSnapshot v1 $TestDrive -ThrottleLimit 0 @connection } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }
}

Describe 'New-JadaSnapshot -WhatIf' {
    It 'says what would be captured, and writes nothing' {
        $store = Join-Path $TestDrive unborn
        $said = pwsh -NoProfile -NonInteractive -Command {
            param($module, $connection, $store)
            Import-Module $module
            New-JadaSnapshot v1 $store -Layer dynamodb, s3 -WhatIf @connection
        } -args $env:JADA_MODULE, $connection, $store
        $said | Should -Contain "What if: Capture 2 resources of s3 into '$(Join-Path $store v1)'."
        $store | Should -Not -Exist
    }

    It 'heeds $WhatIfPreference' {
        $store = Join-Path $TestDrive unborn
        $WhatIfPreference = $true
        New-JadaSnapshot v1 $store -Layer s3 @connection | Should -BeNullOrEmpty
        $WhatIfPreference = $false
        $store | Should -Not -Exist
    }
}

Describe 'New-JadaSnapshot, where a part of the estate cannot be read' {
    AfterEach { Clear-SandboxFault $sandbox }

    It 'goes on, writes an error for it, and calls the snapshot incomplete' {
        Add-SandboxFault $sandbox 'service=s3,operation=GetBucketPolicy,times=1,kind=deny'
        $snapshot = New-JadaSnapshot denied $TestDrive -Layer s3 @connection -ErrorVariable problems -ErrorAction SilentlyContinue
        $snapshot.Status | Should -Be 'Incomplete'
        $snapshot.ProblemCount | Should -Be 1
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -Be 'NotCaptured,JadaSnapshot.Commands.NewJadaSnapshotCommand'
        $problems[0].CategoryInfo.Category | Should -Be 'PermissionDenied'
        $problems[0].TargetObject.Layer | Should -Be 's3'
        $problems[0].TargetObject.Operation | Should -Be 'GetBucketPolicy'
        $problems[0].TargetObject.ErrorCode | Should -Be 'AccessDenied'
    }

    It 'does so for a bucket that vanishes in between' {
        Add-SandboxFault $sandbox 'service=s3,operation=ListObjectsV2,times=1,kind=vanish'
        $snapshot = New-JadaSnapshot vanished $TestDrive -Layer s3 @connection -ErrorVariable problems -ErrorAction SilentlyContinue
        $snapshot.Status | Should -Be 'Incomplete'
        $problems[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $problems[0].TargetObject.ErrorCode | Should -Be 'NoSuchBucket'
    }

    It 'stops at the first with -ErrorAction Stop' {
        Add-SandboxFault $sandbox 'service=s3,operation=GetBucketPolicy,kind=deny'
        { New-JadaSnapshot stopped $TestDrive -Layer s3 @connection -ErrorAction Stop } | Should -Throw -ErrorId 'NotCaptured,*'
        Join-Path $TestDrive stopped | Should -Not -Exist
    }
}

Describe 'The progress of New-JadaSnapshot' {
    It 'is one bar with a bar for each layer under it, and all are closed at the end' {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddCommand('Import-Module').AddParameter('Name', $env:JADA_MODULE).AddStatement()
            $null = $shell.AddCommand('New-JadaSnapshot').AddParameters(($connection + @{ Name = 'shown'; Store = "$TestDrive"; Layer = @('dynamodb', 's3') }))
            $null = $shell.Invoke()
            $bars = $shell.Streams.Progress | Group-Object ActivityId
            $bars.Name | Sort-Object | Should -Be '0', '1', '2'
            foreach ($bar in $bars) {
                $bar.Group[-1].RecordType | Should -Be 'Completed'
                $bar.Group.ParentActivityId | Select-Object -Unique | Should -Be ($bar.Name -eq '0' ? -1 : 0)
            }
            $shell.Streams.Progress.Activity | Select-Object -Unique | Sort-Object | Should -Be 'Capturing shown', 'dynamodb', 's3'
        }
        finally { $shell.Dispose() }
    }
}

Describe 'Buckets that are kept in S3' {
    BeforeAll {
        $large = Start-Sandbox --empty, --synthetic, 'name=alpha,count=20,size=2000', --synthetic, 'name=beta,count=3,size=20', --locked-bucket, vault
        $there = $large.Connection
        $kept = New-JadaSnapshot v1.0 "$TestDrive/kept" -Layer s3 -KeepInS3 s3://vault/kept/ -KeepAbove 1KB -ExcludeBucket 'b*' -WarningVariable warnings -WarningAction SilentlyContinue @there
    }
    AfterAll { Stop-Sandbox $large }

    It 'says what is kept and where, and what is left out' {
        $kept.Status | Should -Be Complete
        $kept.KeptInS3.Place | Should -Be s3://vault/kept
        $kept.KeptInS3.ObjectCount, $kept.KeptInS3.TotalBytes | Should -Be 20, 40000
        $kept.ExcludeBuckets | Should -Be 'b*'
        $kept | Format-List | Out-String | Should -Match '20 objects of 1 buckets, .* in s3://vault/kept'
        "$warnings" | Should -Match 'vault is left out'
        Join-Path $kept.Path s3-buckets | Should -Not -Exist
    }

    It 'is whole where its copies are, is unproven where nobody may look, and compares as it is live' {
        $tested = $kept | Test-JadaSnapshot @there
        $tested.Result, $tested.CopiesChecked | Should -Be Whole, 20
        $kept | Test-JadaSnapshot -Quick -Quiet @there | Should -BeTrue
        Add-SandboxFault $large 'kind=deny,operation=ListObjectVersions'
        $unseen = $kept | Test-JadaSnapshot @there
        Clear-SandboxFault $large
        $unseen.Result, $unseen.IsWhole | Should -Be Unproven, $false
        $unseen | Format-Table | Out-String -Width 200 | Should -Match 'could not be looked at'
        $kept | Compare-JadaSnapshot -Live @there | Should -BeNullOrEmpty
    }

    It 'warns that copies stay where a snapshot goes' {
        $null = New-JadaSnapshot v1.1 "$TestDrive/kept" -Layer s3 -KeepInS3 s3://vault/kept -KeepBucket 'al*' -ExcludeBucket 'b*' -WarningAction SilentlyContinue @there
        Remove-JadaSnapshot v1.0 "$TestDrive/kept" -Confirm:$false -WarningVariable told -WarningAction SilentlyContinue
        "$told" | Should -Match 's3://vault/kept .* stay there'
        Test-JadaSnapshot "$TestDrive/kept/v1.1" -Quiet @there | Should -BeTrue
    }

    It 'refuses <Id>' -ForEach @(
        @{ Id = 'NotVersioned'; With = @{ KeepInS3 = 's3://beta' } }
        @{ Id = 'InvalidName'; With = @{ KeepInS3 = 'vault/kept' } }
        @{ Id = 'KeepPlaceMissing'; With = @{ KeepAbove = 1 } }
        @{ Id = 'NoBatchRole'; With = @{ KeepInS3 = 's3://vault'; KeepEngine = 'S3Batch' } }
    ) {
        { New-JadaSnapshot no "$TestDrive/kept" -Layer s3 @With @there -WarningAction SilentlyContinue } | Should -Throw -ErrorId "$Id,*"
        Join-Path $TestDrive kept no | Should -Not -Exist
    }
}
