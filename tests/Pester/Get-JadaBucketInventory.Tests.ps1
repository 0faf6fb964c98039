BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $sandbox = Start-Sandbox
    $connection = $sandbox.Connection
    $all = Get-JadaBucketInventory @connection
    function Clear-SandboxCall { $null = Invoke-WebRequest "$($sandbox.Endpoint)/_sandbox/requests" -Method Delete }
}

AfterAll { Stop-Sandbox $sandbox }

Describe 'Get-JadaBucketInventory' {
    AfterEach { Clear-SandboxFault $sandbox }

    It 'counts every bucket' {
        $all | Should -HaveCount 46
        ($all | Measure-Object ObjectCount -Sum).Sum | Should -BeGreaterOrEqual 1500
        $all | Where-Object ObjectCount -eq 0 | ForEach-Object { $_.TotalBytes | Should -Be 0; $_.NewestObject | Should -BeNullOrEmpty }
    }

    It 'can be filtered and sorted as objects, and reads as a table in 80 columns' {
        $PSStyle.OutputRendering = 'PlainText'
        $large = Get-JadaBucketInventory @connection | Where-Object ObjectCount -gt 100 | Sort-Object TotalBytes -Descending
        $large.BucketName | Should -Contain 'jada-logs'
        $large[0].TotalBytes | Should -Be ($large | Measure-Object TotalBytes -Maximum).Maximum
        $table = ($large | Out-String -Width 80).Trim() -split '\r?\n'
        $table[0] | Should -Be 'Category         Region    Objects     Size Newest     BucketName'
        $table | Should -HaveCount ($large.Count + 2 + @($large.BucketName | Where-Object Length -gt 25).Count)
        $table | Where-Object { $_ -match '^Operational +us-west-2 +180 +\d+\.\d kB \d{4}-\d\d-\d\d jada-logs$' } | Should -HaveCount 1
    }

    It 'says what each bucket is for, and which rule says so' {
        ($all | Group-Object Category | Sort-Object Name | ForEach-Object { "$($_.Name) $($_.Count)" }) -join ', ' |
            Should -Be 'CloudFrontOrigin 5, LambdaSource 3, Media 10, Operational 15, ProductionSite 11, Staging 2'
        $all | Where-Object { -not $_.CategoryReason } | Should -BeNullOrEmpty
        ($all | Where-Object BucketName -eq sailjada.com).CategoryReason | Should -Match '^is an S3 origin of the production distribution E\w+ \(sailjada\.com\)$'
        ($all | Where-Object BucketName -eq jada-backup).CategoryReason | Should -Be 'tag purpose=backup'
        ($all | Where-Object BucketName -eq www.sailjada.com).CategoryReason | Should -Be 'redirects every request to sailjada.com'
    }

    It 'tells how a bucket is set up and what lies under its prefixes' {
        $bucket = $all | Where-Object BucketName -eq salejada.com
        $bucket.Website | Should -Be 'Hosting'
        $bucket.LogTargetBucket | Should -Be 'jada-logs'
        $bucket.Encryption | Should -Be 'AES256'
        $bucket.Tags['stage'] | Should -Be 'production'
        $bucket.StorageClasses['STANDARD'].ObjectCount | Should -Be $bucket.ObjectCount
        $bucket.StagingPrefixes | Should -Be '_staging/'
        ($bucket.Prefixes.Values | Measure-Object TotalBytes -Sum).Sum | Should -Be $bucket.TotalBytes
        $bucket.Prefixes['_staging/'].ObjectCount | Should -BeGreaterThan 100
    }

    It 'chooses by name, with wildcards' {
        $one = $all[0].BucketName
        (Get-JadaBucketInventory $one @connection).BucketName | Should -Be $one
        (Get-JadaBucketInventory "$($one[0])*" @connection).BucketName | Should -Match "^$($one[0])"
    }

    It 'chooses by category, and neither lists nor reads the others further' {
        Clear-SandboxCall
        $some = Get-JadaBucketInventory -Category Staging, LambdaSource @connection
        $some.Category | Sort-Object -Unique | Should -Be 'Staging', 'LambdaSource'
        $some | Should -HaveCount 5
        $counts = (Get-SandboxCall $sandbox).Counts
        $counts.'s3:ListObjectsV2' | Should -Be 5
        $counts.'s3:GetBucketVersioning' | Should -Be 5
    }

    It 'lists no objects where they are not to be counted' {
        Clear-SandboxCall
        $buckets = Get-JadaBucketInventory -SkipObjectCount @connection
        $buckets | Should -HaveCount 46
        $buckets.ObjectCount | Where-Object { $null -ne $_ } | Should -BeNullOrEmpty
        $buckets.Category | Should -Not -Contain 'Unknown'
        (Get-SandboxCall $sandbox).Counts.'s3:ListObjectsV2' | Should -BeNullOrEmpty
    }

    It 'takes bucket objects of AWS.Tools, and lists the buckets once for all of them' {
        Clear-SandboxCall
        $buckets = $all[0..2] | ForEach-Object { [pscustomobject]@{ BucketName = $_.BucketName; CreationDate = Get-Date } }
        ($buckets | Get-JadaBucketInventory @connection).BucketName | Sort-Object | Should -Be ($buckets.BucketName | Sort-Object)
        (Get-SandboxCall $sandbox).Counts.'s3:ListBuckets' | Should -Be 1
    }

    It 'asks for nothing where the pipeline is empty' {
        @() | Get-JadaBucketInventory @connection | Should -BeNullOrEmpty
    }

    It 'writes an error for a bucket that is not there' {
        $found = Get-JadaBucketInventory no-such-bucket, $all[0].BucketName @connection -ErrorVariable problems -ErrorAction SilentlyContinue
        $found | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -Be 'NotFound,JadaSnapshot.Commands.GetJadaBucketInventoryCommand'
        $problems[0].TargetObject | Should -Be 'no-such-bucket'
        Get-JadaBucketInventory 'no-such-*' @connection | Should -BeNullOrEmpty
    }

    It 'goes on where a bucket vanishes, with an error for it' {
        Add-SandboxFault $sandbox 'service=s3,operation=ListObjectsV2,times=1,kind=vanish'
        $rest = Get-JadaBucketInventory @connection -ErrorVariable problems -ErrorAction SilentlyContinue
        $rest | Should -HaveCount 45
        $problems | Should -HaveCount 1
        $problems[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'leaves empty what <Operation> is denied for, with an error for it, and still hands the bucket on' -ForEach @(
        @{ Operation = 'ListObjectsV2'; Property = 'ObjectCount' }
        @{ Operation = 'GetBucketTagging'; Property = 'Tags' }
        @{ Operation = 'GetBucketWebsite'; Property = 'Website' }
        @{ Operation = 'GetBucketVersioning'; Property = 'Versioning' }
        @{ Operation = 'GetBucketEncryption'; Property = 'Encryption' }
        @{ Operation = 'GetBucketLogging'; Property = 'LogTargetBucket' }
    ) {
        Add-SandboxFault $sandbox "service=s3,operation=$Operation,match=/jada-media?,kind=deny"
        $buckets = Get-JadaBucketInventory jada-media, jada-video @connection -ErrorVariable problems -ErrorAction SilentlyContinue
        $buckets | Should -HaveCount 2
        ($buckets | Where-Object BucketName -eq jada-media).$Property | Should -BeNullOrEmpty
        $null -eq ($buckets | Where-Object BucketName -eq jada-video).$Property | Should -BeFalse
        $problems | Should -HaveCount 1
        $problems[0].CategoryInfo.Category | Should -Be 'PermissionDenied'
        $problems[0].TargetObject.Resource | Should -Be 'jada-media'
        $problems[0].TargetObject.Operation | Should -Be $Operation
    }

    It 'counts by a report of S3 Inventory, says of when that is, and lists what has none' {
        $small = Start-Sandbox --empty, --synthetic, 'name=big,count=1500,size=100,region=us-west-2,inventory=reports'
        try {
            $there = $small.Connection
            $found = Get-JadaBucketInventory @there -FromInventory -WarningVariable warnings -WarningAction SilentlyContinue
            $big = $found | Where-Object BucketName -eq big
            $big.ObjectCount, $big.TotalBytes | Should -Be 1500, 150000
            ([datetimeoffset]::UtcNow - $big.ListedAt).TotalMinutes | Should -BeLessThan 5
            ($found | Where-Object BucketName -eq reports).ListedAt | Should -BeNullOrEmpty
            $warnings | Should -Be 'reports was listed, because S3 Inventory has no report that serves: it has no inventory configuration.'
            ($found | Out-String -Width 80) -split '\r?\n' | Should -Contain "Unknown            1,500 150.0 kB $($big.ListedAt.ToLocalTime().ToString('yyyy-MM-dd HH:mm')) big"

            $null = Invoke-WebRequest "$($small.Endpoint)/_sandbox/requests" -Method Delete
            $result = Sync-JadaBucket big "$TestDrive/copies" @there -FromInventory -WhatIf 3>$null
            $result | Should -HaveCount 1500
            (Get-SandboxCall $small).Requests.Target | Should -Not -Match '^/big\?list'
            { Sync-JadaBucket big "$TestDrive/copies" @there -FromInventory -Delete } | Should -Throw -ErrorId 'DeleteFromInventory,*'
        } finally { Stop-Sandbox $small }
    }
}
