BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $sandbox = Start-SmallSandbox
    $connection = $sandbox.Connection
    $store = Join-Path $TestDrive snapshot
    $snapshot = New-JadaSnapshot v1.0 $store -Layer s3 @connection
}

AfterAll { Stop-Sandbox $sandbox }

Describe 'Export-JadaRunbook' {
    It 'hands out what RECOVERY.md says, as one string' {
        $text = Export-JadaRunbook v1.0 -Store $store
        $text | Should -BeOfType string
        $text | Should -BeExactly (Get-Content (Join-Path $store v1.0 RECOVERY.md) -Raw)
        $text | Should -Match '### Bucket alpha \(us-east-1, 20 objects, 40,000 bytes\)'
        $text | Should -Match '### Bucket beta'
    }

    It 'takes snapshots and folders from the pipeline' {
        $text = Get-Content (Join-Path $store v1.0 RECOVERY.md) -Raw
        $snapshot | Export-JadaRunbook | Should -BeExactly $text
        Get-JadaSnapshot $store | Export-JadaRunbook | Should -BeExactly $text
        Get-Item (Join-Path $store v1.0) | Export-JadaRunbook | Should -BeExactly $text
        Export-JadaRunbook (Join-Path $store v1.0) | Should -BeExactly $text
    }

    It 'tells of what is named alone' {
        $text = $snapshot | Export-JadaRunbook -Name al*
        $text | Should -Match '### Bucket alpha'
        $text | Should -Not -Match 'beta'
        $snapshot | Export-JadaRunbook -Layer lambda | Should -Not -Match '## Buckets'
        $nothing = $snapshot | Export-JadaRunbook -Name gamma -ErrorVariable problem -ErrorAction SilentlyContinue
        $nothing | Should -BeNullOrEmpty
        $problem.FullyQualifiedErrorId | Should -Be 'NotInSnapshot,JadaSnapshot.Commands.ExportJadaRunbookCommand'
    }

    It 'writes a file, and replaces one only when told to' {
        $file = Join-Path $TestDrive runbook.md
        $snapshot | Export-JadaRunbook -Path $file -WhatIf
        $file | Should -Not -Exist
        ($snapshot | Export-JadaRunbook -Path $file).FullName | Should -Be $file
        { $snapshot | Export-JadaRunbook -Path $file -Name alpha } | Should -Throw -ErrorId 'RunbookExists,*'
        Get-Content $file -Raw | Should -BeExactly ($snapshot | Export-JadaRunbook)
        $null = $snapshot | Export-JadaRunbook -Path $file -Name alpha -Force
        Get-Content $file -Raw | Should -Not -Match 'beta'
        Get-ChildItem $TestDrive -Filter runbook* | Should -HaveCount 1
    }

    It 'refuses what is no snapshot' {
        $null = Export-JadaRunbook v9 -Store $store -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem.FullyQualifiedErrorId | Should -Be 'NotASnapshot,JadaSnapshot.Commands.ExportJadaRunbookCommand'
    }
}
