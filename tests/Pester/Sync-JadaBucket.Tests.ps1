BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $sandbox = Start-Sandbox --no-budgets, --batch-role, batch
    $connection = $sandbox.Connection
}

AfterAll { Stop-Sandbox $sandbox }

Describe 'Sync-JadaBucket' {
    BeforeEach { $folder = Join-Path $TestDrive ([guid]::NewGuid()) }
    AfterEach { Clear-SandboxFault $sandbox }

    It 'fetches everything once, then nothing' {
        $first = Sync-JadaBucket sailjada.com $folder @connection
        $first.IsComplete | Should -BeTrue
        $first.DownloadedCount | Should -Be $first.ObjectCount
        $first.TotalBytes | Should -BeGreaterThan 0
        Get-Content "$folder/sailjada.com/index.html" -TotalCount 1 | Should -Match 'html'

        $null = Invoke-WebRequest "$($sandbox.Endpoint)/_sandbox/requests" -Method Delete
        $second = Sync-JadaBucket sailjada.com $folder @connection
        $second.UnchangedCount | Should -Be $first.ObjectCount
        (Get-SandboxCall $sandbox).Counts.PSObject.Properties.Name | Should -Be 's3:ListObjectsV2'
    }

    It 'takes buckets from the inventory, and several at once' {
        $results = Get-JadaBucketInventory '*salejada.com*' @connection | Sync-JadaBucket -Destination $folder @connection
        $results.Count | Should -BeGreaterThan 1
        $results.IsComplete | Should -Not -Contain $false
        ($results | Measure-Object ObjectCount -Sum).Sum | Should -Be (Get-ChildItem $folder -Recurse -File -Exclude .jada | Where-Object FullName -NotLike '*/.jada/*').Count
    }

    It 'takes wildcards, and names what is not there' {
        $results = Sync-JadaBucket 'staging.*', no-such-bucket $folder @connection -ErrorVariable problems -ErrorAction SilentlyContinue
        $results.BucketName | Should -Contain 'staging.sailjada.com'
        $problems[0].TargetObject.ErrorCode | Should -Be 'NoSuchBucket'
        $problems[0].FullyQualifiedErrorId | Should -Be 'NotCaptured,JadaSnapshot.Commands.SyncJadaBucketCommand'
    }

    It 'says what it would do with -WhatIf, and does nothing' {
        $plan = Sync-JadaBucket sailjada.com $folder @connection -WhatIf 6> $null
        $plan | Should -HaveCount 126
        $plan[0] | Should -BeOfType JadaSnapshot.ObjectChange
        $plan[0].Action, $plan[0].Reason | Should -Be 'Download', 'New'
        $folder | Should -Not -Exist
    }

    It 'hands on what was done with -PassThru' {
        $done = Sync-JadaBucket sailjada.com $folder @connection -PassThru
        ($done | Where-Object { $_ -is [JadaSnapshot.ObjectChange] }).Count | Should -Be 126
        $done[-1] | Should -BeOfType JadaSnapshot.BucketSyncResult
    }

    It 'lets the later one of -Include and -Exclude decide' {
        $pages = Sync-JadaBucket sailjada.com $folder @connection -Exclude * -Include *.html -WhatIf
        $pages.Key | Should -Match '\.html$'
        Sync-JadaBucket sailjada.com $folder @connection -Include *.html -Exclude * -WhatIf | Should -BeNullOrEmpty
    }

    It 'goes on where an object cannot be read, and says which' {
        Add-SandboxFault $sandbox 'service=s3,operation=GetObject,match=/index.html,kind=deny'
        $result = Sync-JadaBucket sailjada.com $folder @connection -ErrorVariable problems -ErrorAction SilentlyContinue
        $result.IsComplete | Should -BeFalse
        $problems[0].CategoryInfo.Category | Should -Be 'PermissionDenied'
        $problems[0].TargetObject.Resource | Should -Be 'sailjada.com/index.html'
        $result.DownloadedCount | Should -Be ($result.ObjectCount - $result.ProblemCount)
    }

    It 'has words for a destination that cannot be written' {
        $file = New-Item -ItemType File (Join-Path $TestDrive a-file) -Force
        { Sync-JadaBucket sailjada.com $file @connection } | Should -Throw -ErrorId 'StoreNotWritable,*'
    }

    It 'reads well as a table' {
        $text = Sync-JadaBucket sailjada.com $folder @connection | Format-Table | Out-String -Width 80
        $text | Should -Match 'BucketName\s+Complete\s+Fetched\s+Size'
    }
}

Describe 'Sync-JadaBucket from bucket to bucket' {
    AfterEach { Clear-SandboxFault $sandbox }

    It 'says with -WhatIf what Compare-JadaStaging finds, and changes nothing' {
        $null = Invoke-WebRequest "$($sandbox.Endpoint)/_sandbox/requests" -Method Delete
        $plan = Sync-JadaBucket staging.sailjada.com -DestinationBucket sailjada.com -Delete -WhatIf @connection 6> $null
        (Get-SandboxCall $sandbox).Counts.PSObject.Properties.Name | Should -Be 's3:ListObjectsV2'
        $plan[0] | Should -BeOfType JadaSnapshot.ObjectChange
        $plan[0].Action, $plan[0].Source, $plan[0].Path | Should -Be 'Copy', 'staging.sailjada.com/calendar.html', 'sailjada.com/calendar.html'
        $plan.Key | Should -Be (Compare-JadaStaging -Production sailjada.com -Staging staging.sailjada.com @connection).Key
    }

    It 'refreshes staging, so that nothing differs any more' {
        $result = Sync-JadaBucket sailjada.com -DestinationBucket staging.sailjada.com @connection
        $result | Should -BeOfType JadaSnapshot.BucketCopyResult
        $result.IsComplete, $result.CopiedCount, $result.UnverifiedCount | Should -Be $true, 2, 0
        Compare-JadaStaging -Production sailjada.com -Staging staging.sailjada.com @connection 6> $null | Should -BeNullOrEmpty
        $result | Format-Table | Out-String -Width 80 | Should -Match 'Source\s+Destination\s+Complete\s+Copied\s+Size'
    }

    It 'leaves what the estate file says is meant to differ, unless it is asked for' {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))
        @{
            sites         = @{ sale = @{ buckets = @('salejada.com'); staging = @(@{ place = 'jada-uploads/next/'; standsFor = 'salejada.com' }) } }
            meantToDiffer = @{ '*.html' = 'drafts' }
        } | ConvertTo-Json -Depth 9 | Set-Content (Join-Path $folder jada.json)
        $words = Sync-JadaBucket salejada.com -DestinationBucket jada-uploads -DestinationPrefix next -Estate $folder -WhatIf @connection 6>&1
        "$words" | Should -Match '\*\.html is left out: drafts'
        $words.Key | Where-Object { $_ -like '*.css' } | Should -Not -BeNullOrEmpty
        $words.Key | Where-Object { $_ -like '*.html' } | Should -BeNullOrEmpty
        (Sync-JadaBucket salejada.com -DestinationBucket jada-uploads -DestinationPrefix next -Estate $folder -Include *.html -WhatIf @connection 6> $null).Key | Where-Object { $_ -like '*.html' } | Should -Not -BeNullOrEmpty
    }

    It 'asks before it deletes' {
        $script = "Import-Module '$env:JADA_MODULE'; Sync-JadaBucket sailjada.com -DestinationBucket staging.sailjada.com -Delete -AccessKey $($connection.AccessKey) -SecretKey $($connection.SecretKey) -Region us-west-2 -EndpointUrl $($connection.EndpointUrl)"
        "$(pwsh -NoProfile -NonInteractive -Command $script 2>&1)" | Should -Match 'NonInteractive'
        (Sync-JadaBucket sailjada.com -DestinationBucket staging.sailjada.com -Delete -Confirm:$false @connection).IsComplete | Should -BeTrue
    }

    It 'refuses <Id>' -ForEach @(
        @{ Id = 'SamePlace'; Arguments = @{ BucketName = 'sailjada.com'; Prefix = 'a'; DestinationBucket = 'sailjada.com'; DestinationPrefix = 'a/' } }
        @{ Id = 'SeveralSources'; Arguments = @{ BucketName = 'sailjada.com', 'staging.sailjada.com'; DestinationBucket = 'jada-uploads' } }
        @{ Id = 'AmbiguousParameterSet'; Arguments = @{ BucketName = 'sailjada.com'; Destination = 'x'; DestinationBucket = 'jada-uploads' } }
    ) {
        { Sync-JadaBucket @Arguments @connection } | Should -Throw -ErrorId "$Id,*"
    }

    It 'names an object that cannot be copied, and goes on' {
        Add-SandboxFault $sandbox 'service=s3,operation=CopyObject,match=/copies/index.html,kind=deny'
        $result = Sync-JadaBucket salejada.com -DestinationBucket jada-uploads -DestinationPrefix copies @connection -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].TargetObject.Resource | Should -Be 'salejada.com/index.html'
        $problems[0].CategoryInfo.Category | Should -Be 'PermissionDenied'
        $result.ProblemCount, $result.CopiedCount | Should -Be 1, ($result.ObjectCount - 1)
    }
}

Describe 'Sync-JadaBucket -Engine S3Batch' {
    BeforeAll { $job = @{ DestinationBucket = 'jada-uploads'; DestinationPrefix = 'batch'; Engine = 'S3Batch'; BatchRole = 'arn:aws:iam::782785212866:role/batch' } }
    AfterEach { Clear-SandboxFault $sandbox }

    It 'names what the job could not copy, and has another copy that alone' {
        Add-SandboxFault $sandbox 'service=s3control,operation=S3PutObjectCopy,match=/index.html,kind=deny'
        $plan = Sync-JadaBucket salejada.com @job -WhatIf @connection 6> $null
        $first = Sync-JadaBucket salejada.com @job @connection -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].TargetObject.Resource, $problems[0].TargetObject.ErrorCode, $problems[0].CategoryInfo.Category | Should -Be 'salejada.com/index.html', 'AccessDenied', 'PermissionDenied'
        $first.Engine, $first.IsComplete, $first.CopiedCount | Should -Be 'S3Batch', $false, ($plan.Count - $problems.Count)

        Clear-SandboxFault $sandbox
        $second = Sync-JadaBucket salejada.com @job -PassThru @connection
        $second[-1].IsComplete, $second[-1].CopiedCount | Should -Be $true, $problems.Count
        $second.Key | Should -Contain 'batch/index.html'
        $second[-1].JobId | Should -Not -Be $first.JobId
        Compare-JadaStaging -Production salejada.com -Staging jada-uploads/batch/ @connection 6> $null | Should -BeNullOrEmpty
    }

    It 'says why S3 gave the job up' {
        $result = Sync-JadaBucket sailjada.com @job -BatchRole arn:aws:iam::123456789012:role/nobody @connection -ErrorVariable problems -ErrorAction SilentlyContinue
        $result.IsComplete, $result.ProblemCount | Should -Be $false, 1
        "$problems" | Should -Match 'given up by S3: .*cannot assume the role'
    }

    It 'refuses <Id>' -ForEach @(
        @{ Id = 'BatchToFolder'; Arguments = @{ Destination = 'x'; Engine = 'S3Batch' } }
        @{ Id = 'NoBatchRole'; Arguments = @{ DestinationBucket = 'jada-uploads'; Engine = 'S3Batch' } }
        @{ Id = 'NoBatchEngine'; Arguments = @{ DestinationBucket = 'jada-uploads'; BatchReport = 's3://jada-uploads/x' } }
        @{ Id = 'NotForBatch'; Arguments = @{ DestinationBucket = 'jada-uploads'; Engine = 'S3Batch'; BatchRole = 'arn:aws:iam::123456789012:role/batch' } }
        @{ Id = 'InvalidName'; Arguments = @{ DestinationBucket = 'jada-uploads'; Engine = 'S3Batch'; BatchRole = 'arn:aws:iam::123456789012:role/batch'; BatchReport = 'reports' } }
    ) {
        { Sync-JadaBucket sailjada.com @Arguments @connection } | Should -Throw -ErrorId "$Id,*"
    }
}
