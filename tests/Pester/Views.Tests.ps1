BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $PSStyle.OutputRendering = 'PlainText'
    function Show { param([int] $Width = 120) ($input | Out-String -Width $Width).Trim() -split '\r?\n' }

    $layer = [JadaSnapshot.SnapshotLayer]@{ Name = 's3'; Status = 'Complete'; ResourceCount = 46; FileCount = 1612; TotalBytes = 12345678 }
    $snapshot = [JadaSnapshot.Snapshot]@{
        Name = 'v1.0'; Path = '/store/v1.0'; Store = '/store'; Status = 'Complete'; Account = '782785212866'; Regions = [string[]]@('us-east-1', 'us-west-2')
        StartedAt = [datetimeoffset]'2026-11-22T10:00:00Z'; CompletedAt = [datetimeoffset]'2026-11-22T10:01:05Z'
        Layers = [JadaSnapshot.SnapshotLayer[]]@($layer); ResourceCount = 158; FileCount = 1987; TotalBytes = 12345678
    }
    $bucket = [JadaSnapshot.BucketInventory]@{ BucketName = 'media'; Category = 'CloudFrontOrigin'; Region = 'us-west-2'; ObjectCount = 1234; TotalBytes = 987654321; NewestObject = [datetimeoffset]'2026-11-22T10:00:00Z' }
}

Describe 'The views' {
    It 'show a snapshot as a row' {
        $view = $snapshot | Show
        $view[0] | Should -Match '^Name +Status +Completed +Resources +Files +Size +Problems +Duration'
        $view[2] | Should -Match '^v1\.0 +Complete +2026-11-22 \d\d:\d\d +158 +1,987 +12\.3 MB +0 +1 min 05 s'
    }

    It 'show a status in colour only where the host shows colours' {
        ($snapshot | Show)[2] | Should -Not -Match '\e'
        $PSStyle.OutputRendering = 'Ansi'
        try { ($snapshot | Show)[2] | Should -Match '^v1\.0 +\e\[32mComplete\e\[0m +2026-' }
        finally { $PSStyle.OutputRendering = 'PlainText' }
    }

    It 'are there, as a table and as a list, for every record that a cmdlet or a record hands out' {
        # These show as a word of what they are part of.
        $parts = 'ComparedValue', 'EstateSnapshotSettings', 'BucketPlace', 'ManifestEntry', 'ObjectRecord', 'ObjectTotals'
        $records = [JadaSnapshot.Snapshot].Assembly.GetExportedTypes() | Where-Object { $_.GetMethod('<Clone>$') -and $_.Name -notin $parts }
        $records.Count | Should -BeGreaterThan 40
        foreach ($record in $records) {
            $views = (Get-FormatData $record.FullName).FormatViewDefinition.Control | Where-Object { $_ }
            $views | ForEach-Object { $_.GetType().Name } | Sort-Object -Unique | Should -Be ListControl, TableControl -Because $record.Name
        }
    }

    It 'have no column that 80 columns make narrower than its heading' {
        foreach ($file in Get-ChildItem (Join-Path $env:JADA_MODULE Formats)) {
            $table = ([xml](Get-Content $file -Raw)).Configuration.ViewDefinitions.View.TableControl | Where-Object { $_ }
            $used = 0
            foreach ($column in $table.TableHeaders.TableColumnHeader) {
                $left = 80 - $used
                if ($left -gt 0) { $left | Should -BeGreaterOrEqual $column.Label.Length -Because "$($file.Name) $($column.Label)" }
                $used += 1 + [int]$column.Width
            }
        }
    }

    It 'show a snapshot as a list with its layers' {
        $view = $snapshot | Format-List | Show
        $view | Should -Contain 'Regions        : us-east-1, us-west-2'
        $view | Should -Contain 'Layers         : s3: Complete, 46 resources, 1,612 files, 12.3 MB'
    }

    It 'show layers and buckets with sizes that people read' {
        ($layer | Show)[2] | Should -Match '^s3 +Complete +46 +1,612 +12\.3 MB +0'
        ($bucket | Show)[2] | Should -Match '^CloudFrontOrigin us-west-2 +1,234 987\.7 MB 2026-11-22 media$'
        $bucket.TotalBytes | Should -Be 987654321
    }

    It 'show every column of buckets in 80 columns, whatever comes first' {
        $long = [JadaSnapshot.BucketInventory]@{ BucketName = 'a' * 63; Category = 'Media'; Region = 'us-east-1'; ObjectCount = 1234567; TotalBytes = 999949; NewestObject = [datetimeoffset]'2026-11-22T10:00:00Z' }
        foreach ($order in @($long, $bucket), @($bucket, $long)) {
            $view = $order | Show 80
            $view[0] | Should -Be 'Category         Region    Objects     Size Newest     BucketName'
            $view | Should -Contain 'CloudFrontOrigin us-west-2   1,234 987.7 MB 2026-11-22 media'
            $view | Should -Contain "Media            us-east-1   1.2 M 999.9 kB 2026-11-22 $('a' * 25)"
        }
        ($long | Show 120)[2] | Should -Match ' a{63}$'
    }

    It 'leave empty what was not counted' {
        ([JadaSnapshot.BucketInventory]@{ BucketName = 'media'; Region = 'us-west-2' } | Show)[2] | Should -Match '^Unknown +us-west-2 +media$'
    }

    It 'show a bucket as a list with all that is known' {
        $full = [JadaSnapshot.BucketInventory]@{
            BucketName = 'media'; Region = 'us-west-2'; Category = 'Media'; CategoryReason = 'tag purpose=media'; ObjectCount = 3; TotalBytes = 3000
            Prefixes = [Collections.Generic.SortedDictionary[string, JadaSnapshot.ObjectTotals]]::new(); Website = 'Redirect'; WebsiteRedirect = 'sailjada.com'
            LogTargetBucket = 'jada-logs'; LogTargetPrefix = 'logs/'; Versioning = 'Enabled'; Encryption = 'aws:kms'; EncryptionKeyId = 'key-1'
        }
        $full.Prefixes.Add('', [JadaSnapshot.ObjectTotals]::new(1, 1000))
        $full.Prefixes.Add('img/', [JadaSnapshot.ObjectTotals]::new(2, 2000))
        $view = $full | Format-List | Show
        $view | Should -Contain 'CategoryReason  : tag purpose=media'
        $view | Should -Contain 'Prefixes        : (no prefix): 1, 1.0 kB'
        $view | Should -Contain '                  img/: 2, 2.0 kB'
        $view | Should -Contain 'Encryption      : aws:kms, key-1'
        $view | Should -Contain 'Website         : Redirect to sailjada.com'
        $view | Should -Contain 'LogTarget       : jada-logs/logs/'
    }

    It 'show resources' {
        $resource = [JadaSnapshot.Resource]@{ Layer = 'lambda'; Kind = 'function'; Name = 'booking-webhook'; Id = 'booking-webhook'; Region = 'us-east-1'; Description = 'python3.12' }
        ($resource | Show)[2] | Should -Match '^lambda +function +booking-webhook +us-east-1 +python3\.12'
    }

    It 'show what is wrong with a snapshot in its row' {
        $finding = [JadaSnapshot.VerificationFinding]@{ Path = 's3-buckets/a/b'; Kind = 'Changed'; Message = 'Its bytes differ.' }
        $verification = [JadaSnapshot.SnapshotVerification]@{
            Name = 'v1.0'; Path = '/store/v1.0'; Result = 'Damaged'; FilesChecked = 1987; Findings = [JadaSnapshot.VerificationFinding[]]@($finding); FindingCount = 3 }
        ($verification | Show 160)[2] | Should -Match '^v1\.0 +Damaged +1,987 .* Changed: s3-buckets/a/b \(and 2 more\)'
        ($finding | Show)[2] | Should -Match '^Changed +s3-buckets/a/b +Its bytes differ\.'
    }

    It 'wrap the words of a problem' {
        $problem = [JadaSnapshot.Problem]@{ Layer = 's3'; Resource = 'media'; Operation = 'GetBucketPolicy'; ErrorCode = 'AccessDenied'; Message = 'word ' * 40 }
        ($problem | Show 80).Count | Should -BeGreaterThan 4
    }

    It 'fit a terminal of 80 columns' {
        foreach ($thing in $snapshot, $bucket, $layer) {
            foreach ($line in $thing | Show 80) { $line.Length | Should -BeLessOrEqual 80 }
            ($thing | Show 80)[1] | Should -Match '^[- ]+$'
        }
    }
}

Describe 'Quantities' {
    It '<Bytes> bytes are <Text>' -ForEach @(
        @{ Bytes = 0; Text = '0 B' }, @{ Bytes = 999; Text = '999 B' }, @{ Bytes = 1000; Text = '1.0 kB' }, @{ Bytes = 999949; Text = '999.9 kB' }
        @{ Bytes = 999950; Text = '1.0 MB' }, @{ Bytes = 1234567890; Text = '1.2 GB' }, @{ Bytes = [long]::MaxValue; Text = '9.2 EB' }
    ) {
        [JadaSnapshot.Formatting.Display]::Bytes($Bytes) | Should -Be $Text
    }

    It 'a count of <Count> is <Text>' -ForEach @(
        @{ Count = 0; Text = '0' }, @{ Count = 999999; Text = '999,999' }, @{ Count = 1000000; Text = '1.0 M' }, @{ Count = 999949999; Text = '999.9 M' }
        @{ Count = 999950000; Text = '1.0 G' }, @{ Count = $null; Text = '' }
    ) {
        [JadaSnapshot.Formatting.Display]::Count($Count) | Should -Be $Text
    }

    It '<Seconds> seconds are <Text>' -ForEach @(
        @{ Seconds = 0.04; Text = '0.0 s' }, @{ Seconds = 59.94; Text = '59.9 s' }, @{ Seconds = 60; Text = '1 min 00 s' }
        @{ Seconds = 3599; Text = '59 min 59 s' }, @{ Seconds = 7860; Text = '2 h 11 min' }
    ) {
        [JadaSnapshot.Formatting.Display]::Duration([timespan]::FromSeconds($Seconds)) | Should -Be $Text
    }
}
