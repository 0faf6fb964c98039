BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $module = Get-Module JadaSnapshot
}

Describe 'The module' {
    It 'exports every cmdlet that it has, and nothing else' {
        $cmdlets = [JadaSnapshot.Commands.NewJadaSnapshotCommand].Assembly.GetExportedTypes() | ForEach-Object { $_.GetCustomAttributes([Management.Automation.CmdletAttribute], $false) }
        $cmdlets.Count | Should -BeGreaterThan 20
        $module.ExportedCommands.Keys | Sort-Object | Should -Be ($cmdlets | ForEach-Object { "$($_.VerbName)-$($_.NounName)" } | Sort-Object)
    }

    It 'has a valid manifest that asks for PowerShell 7.6' {
        $manifest = Test-ModuleManifest (Join-Path $env:JADA_MODULE JadaSnapshot.psd1)
        $manifest.PowerShellVersion | Should -Be '7.6'
        $manifest.CompatiblePSEditions | Should -Be 'Core'
    }

    It 'has the version of its assemblies' {
        $built = [Reflection.AssemblyName]::GetAssemblyName((Join-Path $env:JADA_MODULE JadaSnapshot.Cmdlets.dll)).Version
        $module.Version | Should -Be "$($built.Major).$($built.Minor).$($built.Build)"
    }

    It 'keeps only cmdlets and records at its root' {
        (Get-ChildItem $env:JADA_MODULE -Filter *.dll).Name | Sort-Object | Should -Be 'JadaSnapshot.Cmdlets.dll', 'JadaSnapshot.Model.dll'
    }

    It 'brings no copy of PowerShell and none of the records beside the engine' {
        (Get-ChildItem $env:JADA_MODULE -Recurse -Filter *.dll).Name | Should -Not -Contain 'System.Management.Automation.dll'
        (Get-ChildItem (Join-Path $env:JADA_MODULE Dependencies)).Name | Should -Contain 'JadaSnapshot.Engine.dll'
        (Get-ChildItem (Join-Path $env:JADA_MODULE Dependencies)).Name | Should -Not -Contain 'JadaSnapshot.Model.dll'
    }

    It 'loads the engine, and what it needs, in a context of its own' {
        Get-JadaSnapshot TestDrive:/ | Should -BeNullOrEmpty
        $contexts = foreach ($assembly in [AppDomain]::CurrentDomain.GetAssemblies()) {
            if ($assembly.GetName().Name -match '^(JadaSnapshot\.Engine|AWSSDK\.)') {
                [Runtime.Loader.AssemblyLoadContext]::GetLoadContext($assembly).Name
            }
        }
        $contexts | Select-Object -Unique | Should -Be 'JadaSnapshot'
    }

    It 'keeps to its own AWSSDK.Core where another module has loaded one first' {
        Copy-Item (Join-Path $env:JADA_MODULE Dependencies AWSSDK.Core.dll) TestDrive:/
        pwsh -NoProfile -NonInteractive -Command {
            param($rival, $module)
            $null = [Reflection.Assembly]::LoadFrom($rival)
            Import-Module $module
            try { Get-JadaInventory -AccessKey AKIA -SecretKey x -Region us-east-1 -EndpointUrl http://127.0.0.1:1 } catch { }
            foreach ($assembly in [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'AWSSDK.Core' }) {
                [Runtime.Loader.AssemblyLoadContext]::GetLoadContext($assembly).Name
            }
        } -args "$TestDrive/AWSSDK.Core.dll", $env:JADA_MODULE | Sort-Object | Should -Be 'Default', 'JadaSnapshot'
    }

    It 'knows its records by the same type wherever they come from' {
        [JadaSnapshot.Snapshot].Assembly.Location | Should -Be (Join-Path $env:JADA_MODULE JadaSnapshot.Model.dll)
    }

    It 'can be removed and imported again' {
        Remove-Module JadaSnapshot
        Import-Module $env:JADA_MODULE
        Import-Module $env:JADA_MODULE -Force
        { Get-JadaSnapshot TestDrive:/ -ErrorAction Stop } | Should -Not -Throw
    }

    It 'imports within <Limit> ms of what pwsh itself takes' -ForEach @{ Limit = 400 } {
        # The aim is 150 ms on a quiet machine; a test machine is not quiet.
        $times = 1..3 | ForEach-Object { pwsh -NoProfile -NonInteractive -Command '(Measure-Command { Import-Module $env:JADA_MODULE }).TotalMilliseconds' }
        ($times | Measure-Object -Minimum).Minimum | Should -BeLessThan $Limit
    }
}

Describe '<_>' -ForEach 'Get-JadaBucketInventory', 'Get-JadaInventory', 'New-JadaSnapshot' {
    It 'takes the connection parameters of AWS.Tools' {
        $parameters = (Get-Command $_).Parameters
        $parameters.Keys | Should -Contain 'ProfileName'
        foreach ($name in 'ProfileLocation', 'AccessKey', 'SecretKey', 'SessionToken', 'Credential', 'Region', 'EndpointUrl') {
            $parameters.Keys | Should -Contain $name
        }
        $parameters['SecretKey'].Aliases | Should -Contain 'SecretAccessKey'
    }
}

Describe 'Parameters and outputs' {
    It '<Cmdlet> hands out <Type>' -ForEach @(
        @{ Cmdlet = 'New-JadaSnapshot'; Type = 'JadaSnapshot.Snapshot' }
        @{ Cmdlet = 'Get-JadaSnapshot'; Type = 'JadaSnapshot.Snapshot' }
        @{ Cmdlet = 'Test-JadaSnapshot'; Type = 'JadaSnapshot.SnapshotVerification' }
        @{ Cmdlet = 'Get-JadaInventory'; Type = 'JadaSnapshot.Resource' }
        @{ Cmdlet = 'Get-JadaBucketInventory'; Type = 'JadaSnapshot.BucketInventory' }
        @{ Cmdlet = 'New-JadaEstate'; Type = 'JadaSnapshot.EstateFile' }
        @{ Cmdlet = 'Get-JadaEstate'; Type = 'JadaSnapshot.EstateFile' }
        @{ Cmdlet = 'Test-JadaEstate'; Type = 'JadaSnapshot.EstateFinding' }
        @{ Cmdlet = 'Sync-JadaBucket'; Type = 'JadaSnapshot.BucketSyncResult' }
        @{ Cmdlet = 'Sync-JadaBucket'; Type = 'JadaSnapshot.BucketCopyResult' }
    ) {
        (Get-Command $Cmdlet).OutputType.Name | Should -Contain $Type
    }

    It 'asks before it acts where something is made or changed, and nowhere else' {
        foreach ($command in Get-Command -Module JadaSnapshot) {
            # Comparing staging can invalidate caches; comparing snapshots only looks.
            $only = $command.Verb -in 'Get', 'Test', 'Unprotect' -or $command.Name -eq 'Compare-JadaSnapshot'
            $command.Parameters.ContainsKey('WhatIf') | Should -Be (-not $only) -Because $command.Name
        }
    }

    It 'New-JadaSnapshot needs a name, and nothing else that an estate file can say' {
        $parameters = (Get-Command New-JadaSnapshot).Parameters.Values
        $parameters.Where{ $_.Attributes.Mandatory -contains $true }.Name | Should -Be 'Name'
    }

    It 'finds its estate file, or takes one, wherever it is not given a snapshot' {
        foreach ($command in Get-Command -Module JadaSnapshot | Where-Object Name -NE Test-JadaSnapshot) {
            $command.Parameters.ContainsKey('Estate') | Should -BeTrue -Because $command.Name
        }
    }

    It 'brings the schema of estate files' {
        (Get-Content (Join-Path $env:JADA_MODULE jada.schema.json) -Raw | ConvertFrom-Json).title | Should -Match 'jada\.json'
    }

    It 'completes the names of layers' {
        $line = 'Get-JadaInventory -Layer la'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'lambda'
    }
}
