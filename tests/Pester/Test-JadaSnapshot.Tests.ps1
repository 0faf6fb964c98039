BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $sandbox = Start-SmallSandbox
    $connection = $sandbox.Connection
    $store = Join-Path $TestDrive snapshot

    function New-Copy {
        $copy = Join-Path $TestDrive ([guid]::NewGuid()) v1.0
        Copy-Item -LiteralPath (Join-Path $store v1.0) $copy -Recurse -Force
        if (-not $IsWindows) { chmod -R u+w $copy }
        $copy
    }

    function Get-AnyFile { param($Snapshot) Get-ChildItem (Join-Path $Snapshot s3-buckets) -Recurse -File | Where-Object Length -gt 100 | Select-Object -First 1 }
}

AfterAll { Stop-Sandbox $sandbox }

Describe 'Test-JadaSnapshot' {
    It 'says of a new snapshot that it is whole' {
        $verification = New-JadaSnapshot v1.0 $store -Layer s3 @connection | Test-JadaSnapshot
        $verification.Result | Should -Be 'Whole'
        $verification.IsWhole | Should -BeTrue
        $verification.FilesChecked | Should -BeGreaterThan 40
        $verification.FindingCount | Should -Be 0
    }

    It 'takes what Get-ChildItem and Get-JadaSnapshot hand out' {
        (Get-ChildItem $store | Test-JadaSnapshot).Result | Should -Be 'Whole'
        (Get-JadaSnapshot $store | Test-JadaSnapshot).Result | Should -Be 'Whole'
    }

    It 'is one truth value with -Quiet' {
        $answer = Test-JadaSnapshot (Join-Path $store v1.0) -Quiet
        $answer | Should -BeOfType bool
        $answer | Should -BeTrue
    }

    It 'finds one flipped byte' {
        $copy = New-Copy
        $file = Get-AnyFile $copy
        $bytes = [IO.File]::ReadAllBytes($file.FullName)
        $bytes[50] = $bytes[50] -bxor 1
        [IO.File]::WriteAllBytes($file.FullName, $bytes)

        $verification = Test-JadaSnapshot $copy
        $verification.Result | Should -Be 'Damaged'
        $verification.Findings | Should -HaveCount 1
        $verification.Findings[0].Kind | Should -Be 'Changed'
        Join-Path $copy $verification.Findings[0].Path | Should -Be $file.FullName
        Test-JadaSnapshot $copy -Quiet | Should -BeFalse
    }

    It 'finds a file that is missing' {
        $copy = New-Copy
        Remove-Item (Get-AnyFile $copy).FullName -Force
        (Test-JadaSnapshot $copy).Findings.Kind | Should -Be 'Missing'
    }

    It 'finds a file that was added' {
        $copy = New-Copy
        Set-Content (Join-Path $copy added) x
        (Test-JadaSnapshot $copy).Findings.Kind | Should -Be 'Extra'
    }

    It 'says of a snapshot with problems that it is incomplete' {
        Add-SandboxFault $sandbox 'service=s3,operation=GetBucketPolicy,times=1,kind=deny'
        $verification = New-JadaSnapshot partly $store -Layer s3 @connection -ErrorAction SilentlyContinue | Test-JadaSnapshot
        Clear-SandboxFault $sandbox
        $verification.Result | Should -Be 'Incomplete'
        $verification.ProblemCount | Should -Be 1
    }

    It 'writes an error for a folder that is no snapshot, and goes on' {
        $null = New-Item -ItemType Directory (Join-Path $TestDrive other)
        $verifications = (Join-Path $TestDrive other), (Join-Path $store v1.0) | Test-JadaSnapshot -ErrorVariable problems -ErrorAction SilentlyContinue
        $verifications.Result | Should -Be 'Whole'
        $problems[0].FullyQualifiedErrorId | Should -Be 'NotASnapshot,JadaSnapshot.Commands.TestJadaSnapshotCommand'
    }
}
