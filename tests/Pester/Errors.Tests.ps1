BeforeDiscovery {
    $named = @(
        foreach ($noun in 'Lambda', 'BucketInventory', 'Distribution', 'Table', 'Certificate') { @{ Command = "Get-Jada$noun"; More = @{} } }
        foreach ($noun in 'Lambda', 'Table') { @{ Command = "Export-Jada$noun"; More = @{ Destination = 'exports' } } }
        foreach ($noun in 'Bucket', 'Lambda', 'Distribution', 'HostedZone', 'Table', 'Api', 'EmailIdentity', 'Instance') { @{ Command = "Restore-Jada$noun"; More = @{ Snapshot = 'v1'; Store = 'store'; Confirm = $false } } }
        @{ Command = 'New-JadaInstanceSnapshot'; More = @{} }
    )
}

BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $sandbox = Start-SmallSandbox
    $connection = $sandbox.Connection
    Push-Location $TestDrive
    $null = New-JadaSnapshot v1 store @connection -Layer s3
    Set-Content file 'not a folder'
}

AfterAll {
    Pop-Location
    Stop-Sandbox $sandbox
}

Describe 'A name that nothing has' {
    It 'is an error of <Command> about that name, and the others go on' -ForEach $named {
        $id = if ($Command -like 'Restore-*') { 'NotInSnapshot' } else { 'NotFound' }
        & $Command no-such-name @More @connection -ErrorAction SilentlyContinue -ErrorVariable failures
        $? | Should -BeFalse
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike "$id,JadaSnapshot.Commands.*"
        $failures[0].CategoryInfo.Category | Should -Be ObjectNotFound
        $failures[0].TargetObject | Should -Be no-such-name
        $failures[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        { & $Command no-such-name @More @connection -ErrorAction Stop } | Should -Throw -ErrorId "$id,*"
    }
}

Describe 'A call that is refused' {
    BeforeAll { Add-SandboxFault $sandbox 'operation=List*,kind=deny'; Add-SandboxFault $sandbox 'operation=Get*s,kind=deny' }
    AfterAll { Clear-SandboxFault $sandbox }

    It 'is an error of <Command> that says what to allow to whom' -ForEach @(
        @{ Command = 'Get-JadaInventory'; More = @{ Layer = 's3', 'lambda' } }
        @{ Command = 'Get-JadaLambda'; More = @{} }
        @{ Command = 'Get-JadaBucketInventory'; More = @{} }
        @{ Command = 'Sync-JadaBucket'; More = @{ BucketName = 'alpha'; Destination = 'copies' } }
        @{ Command = 'New-JadaSnapshot'; More = @{ Name = 'v2'; Store = 'store'; Layer = 's3' } }
        @{ Command = 'Get-JadaRestorePlan'; More = @{ Snapshot = 'v1'; Store = 'store' } }
        @{ Command = 'Compare-JadaSnapshot'; More = @{ Reference = 'v1'; Live = $true; Store = 'store' } }
    ) {
        $failures = try { $null = & $Command @More @connection -ErrorAction SilentlyContinue -ErrorVariable failures; $failures } catch { $_ }
        $failures | Should -Not -BeNullOrEmpty
        $failures[0].CategoryInfo.Category | Should -Be PermissionDenied
        "$($failures[0].Exception.Message) $($failures[0].ErrorDetails.RecommendedAction)" | Should -Match '[Aa]llow the caller'
        $null = Remove-Item store/.partial-v2, store/v2 -Recurse -Force -ErrorAction Ignore
    }
}

Describe 'What cannot be as it was given' {
    It 'ends <Command> with <Id> and says <Words>' -ForEach @(
        @{ Command = 'Restore-JadaBucket'; More = @{ BucketName = 'alpha'; Snapshot = 'v9'; Store = 'store' }; Id = 'NotASnapshot'; Category = 'ObjectNotFound'; Words = "no snapshot 'v9' in the store .*, which holds v1" }
        @{ Command = 'Compare-JadaSnapshot'; More = @{ Reference = 'v9'; Live = $true; Store = '/no/such' }; Id = 'NotASnapshot'; Category = 'ObjectNotFound'; Words = 'which holds no snapshot' }
        @{ Command = 'Test-JadaSnapshot'; More = @{ Path = 'file' }; Id = 'NotASnapshot'; Category = 'ObjectNotFound'; Words = 'it is a file' }
        @{ Command = 'Get-JadaRestorePlan'; More = @{ Snapshot = 'v1'; Store = 'store'; Layer = 'nosuch' }; Id = 'UnknownLayer'; Category = 'InvalidArgument'; Words = "no layer 'nosuch'" }
        @{ Command = 'Sync-JadaBucket'; More = @{ BucketName = 'alpha'; Destination = 'file' }; Id = 'StoreNotWritable'; Category = 'PermissionDenied'; Words = 'it is a file. Name a folder' }
        @{ Command = 'Export-JadaLocalFile'; More = @{ Path = 'store'; Destination = 'file' }; Id = 'StoreNotWritable'; Category = 'PermissionDenied'; Words = 'it is a file. Name a folder' }
        @{ Command = 'New-JadaSnapshot'; More = @{ Name = 'v2'; Store = 'file' }; Id = 'StoreNotWritable'; Category = 'PermissionDenied'; Words = 'is a file. Name a folder' }
        @{ Command = 'New-JadaSnapshot'; More = @{ Name = 'v1'; Store = 'store'; Layer = 's3' }; Id = 'SnapshotExists'; Category = 'ResourceExists'; Words = 'choose another name' }
        @{ Command = 'Export-JadaRunbook'; More = @{ Snapshot = 'v1'; Store = 'store'; Path = '.' }; Id = 'PathIsFolder'; Category = 'InvalidArgument'; Words = 'is a folder' }
        @{ Command = 'Export-JadaRunbook'; More = @{ Snapshot = 'v1'; Store = 'store'; Path = 'no/such/RECOVERY.md' }; Id = 'PathNotFound'; Category = 'ObjectNotFound'; Words = 'There is no folder .*such\.$' }
        @{ Command = 'Export-JadaRunbook'; More = @{ Snapshot = 'v1'; Store = 'store'; Path = 'file' }; Id = 'RunbookExists'; Category = 'ResourceExists'; Words = 'file already' }
        @{ Command = 'Sync-JadaBucket'; More = @{ BucketName = 'alpha'; Destination = 'store/v1' }; Id = 'StoreNotWritable'; Category = 'PermissionDenied'; Words = 'is a snapshot, which stays as it was taken' }
        @{ Command = 'Export-JadaLambda'; More = @{ Destination = 'store/v1/mine' }; Id = 'StoreNotWritable'; Category = 'PermissionDenied'; Words = 'lies in the snapshot .*v1' }
        @{ Command = 'New-JadaSnapshot'; More = @{ Name = 'latest'; Store = 'store'; Layer = 's3' }; Id = 'InvalidName'; Category = 'InvalidArgument'; Words = 'the newest' }
        @{ Command = 'Get-JadaSnapshot'; More = @{ Store = 'store'; Name = 'v9' }; Id = 'NotASnapshot'; Category = 'ObjectNotFound'; Words = 'which holds v1' }
        @{ Command = 'Get-JadaInventory'; More = @{ Name = 'no-such'; Layer = 's3' }; Id = 'NotFound'; Category = 'ObjectNotFound'; Words = "No resource 'no-such'" }
        @{ Command = 'Test-JadaSnapshot'; More = @{ Path = 'store' }; Id = 'NotASnapshot'; Category = 'ObjectNotFound'; Words = 'It holds snapshots: name one of them' }
        @{ Command = 'Get-JadaEstate'; More = @{ Estate = 'no-such' }; Id = 'PathNotFound'; Category = 'ObjectNotFound'; Words = 'no estate file' }
        @{ Command = 'Get-JadaLambda'; More = @{ Region = 'us west' }; Id = 'NoRegion'; Category = 'InvalidArgument'; Words = 'not a region' }
        @{ Command = 'Get-JadaSnapshot'; More = @{ Path = 'env:' }; Id = 'PathNotInFileSystem'; Category = 'InvalidArgument'; Words = 'not a path of the file system' }
    ) {
        $given = if ((Get-Command $Command).Parameters.ContainsKey('EndpointUrl')) { $connection + @{} } else { @{} }
        foreach ($name in $More.Keys) { $given[$name] = $More[$name] }
        { & $Command @given -ErrorAction Stop } | Should -Throw -ErrorId "$Id,*"
        $Error[0].CategoryInfo.Category | Should -Be $Category
        $Error[0].Exception.Message | Should -Match $Words
    }
}
