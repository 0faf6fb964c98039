BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $sandbox = Start-Sandbox
    $connection = $sandbox.Connection
}

AfterAll { Stop-Sandbox $sandbox }

Describe 'Get-JadaInventory' {
    AfterEach { Clear-SandboxFault $sandbox }

    BeforeAll { $inventory = Get-JadaInventory @connection }

    It 'lists every layer of the estate' {
        $inventory.Layer | Select-Object -Unique | Sort-Object | Should -Be 'acm', 'apigateway', 'cloudfront', 'dynamodb', 'iam', 'lambda', 'lightsail', 'route53', 's3', 'secrets', 'ses'
    }

    It 'lists <Count> of kind <Layer> <Kind>' -ForEach @(
        @{ Layer = 's3'; Kind = 'bucket'; Count = 46 }, @{ Layer = 'cloudfront'; Kind = 'distribution'; Count = 66 }, @{ Layer = 'lambda'; Kind = 'function'; Count = 21 }
        @{ Layer = 'route53'; Kind = 'hosted-zone'; Count = 11 }, @{ Layer = 'dynamodb'; Kind = 'table'; Count = 14 }
        @{ Layer = 'iam'; Kind = 'role'; Count = 24 }, @{ Layer = 'iam'; Kind = 'policy'; Count = 2 }, @{ Layer = 'lightsail'; Kind = 'instance'; Count = 1 }
    ) {
        $inventory | Where-Object { $_.Layer -eq $Layer -and $_.Kind -eq $Kind } | Should -HaveCount $Count
    }

    It 'gives each resource a key of its own' {
        ($inventory.Key | Select-Object -Unique).Count | Should -Be $inventory.Count
    }

    It 'chooses by layer, in any case, and calls no other service' {
        $null = Invoke-WebRequest "$($sandbox.Endpoint)/_sandbox/requests" -Method Delete
        (Get-JadaInventory -Layer DynamoDB @connection).Layer | Select-Object -Unique | Should -Be 'dynamodb'
        (Get-SandboxCall $sandbox).Counts.PSObject.Properties.Name | Should -Not -Match '^(s3|lambda|route53|cloudfront):'
    }

    It 'chooses by name, with wildcards' {
        $name = ($inventory | Where-Object Kind -eq function)[0].Name
        (Get-JadaInventory $name -Layer lambda @connection).Name | Select-Object -Unique | Should -Be $name
        (Get-JadaInventory "$($name[0])*" -Layer lambda @connection).Name | Should -Match "^$($name[0])"
    }

    It 'goes on where a service denies, with an error that says which call' {
        Add-SandboxFault $sandbox 'service=lambda,operation=ListFunctions,kind=deny'
        $rest = Get-JadaInventory -Layer lambda, dynamodb @connection -ErrorVariable problems -ErrorAction SilentlyContinue
        $rest | Where-Object Layer -eq dynamodb | Should -HaveCount 14
        $problems[0].FullyQualifiedErrorId | Should -Be 'NotCaptured,JadaSnapshot.Commands.GetJadaInventoryCommand'
        $problems[0].CategoryInfo.Category | Should -Be 'PermissionDenied'
        $problems[0].TargetObject.Operation | Should -Be 'ListFunctions'
    }
}
