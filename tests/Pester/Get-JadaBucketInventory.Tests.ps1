BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $sandbox = Start-Sandbox
    $connection = $sandbox.Connection
    $all = Get-JadaBucketInventory @connection
}

AfterAll { Stop-Sandbox $sandbox }

Describe 'Get-JadaBucketInventory' {
    AfterEach { Clear-SandboxFault $sandbox }

    It 'counts every bucket' {
        $all | Should -HaveCount 46
        ($all | Measure-Object ObjectCount -Sum).Sum | Should -BeGreaterOrEqual 1500
        $all | Where-Object ObjectCount -eq 0 | ForEach-Object { $_.TotalBytes | Should -Be 0; $_.NewestObject | Should -BeNullOrEmpty }
    }

    It 'can be filtered and sorted as objects' {
        $large = Get-JadaBucketInventory @connection | Where-Object ObjectCount -gt 100 | Sort-Object TotalBytes -Descending
        $large.Count | Should -BeGreaterThan 0
        $large[0].TotalBytes | Should -Be ($large | Measure-Object TotalBytes -Maximum).Maximum
    }

    It 'chooses by name, with wildcards' {
        $one = $all[0].BucketName
        (Get-JadaBucketInventory $one @connection).BucketName | Should -Be $one
        (Get-JadaBucketInventory "$($one[0])*" @connection).BucketName | Should -Match "^$($one[0])"
    }

    It 'takes bucket objects of AWS.Tools, and lists the buckets once for all of them' {
        $null = Invoke-WebRequest "$($sandbox.Endpoint)/_sandbox/requests" -Method Delete
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

    It 'goes on where a bucket <Kind>, with an error for it' -ForEach @(
        @{ Kind = 'vanish'; Category = 'ObjectNotFound' }
        @{ Kind = 'deny'; Category = 'PermissionDenied' }
    ) {
        Add-SandboxFault $sandbox "service=s3,operation=ListObjectsV2,times=1,kind=$Kind"
        $rest = Get-JadaBucketInventory @connection -ErrorVariable problems -ErrorAction SilentlyContinue
        $rest | Should -HaveCount 45
        $problems | Should -HaveCount 1
        $problems[0].CategoryInfo.Category | Should -Be $Category
    }
}
