BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $sandbox = Start-Sandbox --no-budgets
    $connection = $sandbox.Connection
    $functions = Get-JadaLambda @connection
}

AfterAll { Stop-Sandbox $sandbox }

Describe 'Get-JadaLambda' {
    AfterEach { Clear-SandboxFault $sandbox }

    It 'gives every function of every region as an object' {
        $functions | Should -HaveCount 21
        $functions[0] | Should -BeOfType JadaSnapshot.LambdaFunction
        $functions.Region | Select-Object -Unique | Sort-Object | Should -Be 'us-east-1', 'us-west-2'
    }

    It 'finds functions by name, by ARN and with wildcards' {
        (Get-JadaLambda booking-webhook @connection).FunctionName | Should -Be 'booking-webhook'
        (Get-JadaLambda $functions[0].FunctionArn @connection).FunctionName | Should -Be $functions[0].FunctionName
        (Get-JadaLambda 'edge-*', 'stripe-*' @connection).FunctionName | Sort-Object | Should -Be 'edge-redirect', 'edge-security-headers', 'stripe-webhook'
    }

    It 'takes names from the pipeline, also of objects that AWS.Tools gives' {
        ('tide-table', 'crew-roster' | Get-JadaLambda @connection).FunctionName | Sort-Object | Should -Be 'crew-roster', 'tide-table'
        ([pscustomobject]@{ FunctionName = 'tide-table' } | Get-JadaLambda @connection).FunctionName | Should -Be 'tide-table'
        @() | Get-JadaLambda @connection | Should -BeNullOrEmpty
    }

    It 'tells of versions, aliases, addresses, event sources and concurrency' {
        $function = $functions | Where-Object FunctionName -eq release-notify
        $function.PublishedVersions | Should -Be '1', '2', '3'
        $function.Aliases['live'], $function.Aliases['canary'] | Should -Be '3', '2'
        ($functions | Where-Object FunctionName -eq tide-table).FunctionUrls | Should -Match '^https://.+\.lambda-url\.us-west-2\.on\.aws/$'
        ($functions | Where-Object FunctionName -eq guest-survey).EventSources | Should -Match ':sqs:us-west-2:\d+:survey-requests$'
        ($functions | Where-Object FunctionName -eq log-rollup).ReservedConcurrency | Should -Be 1
        $function.ReservedConcurrency | Should -BeNullOrEmpty
    }

    It 'names variables and never says their values' {
        ($functions | Where-Object FunctionName -eq booking-webhook).EnvironmentVariables | Should -Contain 'STRIPE_SECRET_KEY'
        $functions | ConvertTo-Json -Depth 5 | Should -Not -Match 'planted-'
        $functions | Format-List * -Force | Out-String -Width 4096 | Should -Not -Match 'planted-'
    }

    It 'asks for no code, no policy and nothing else that it does not show' {
        $null = Invoke-WebRequest "$($sandbox.Endpoint)/_sandbox/requests" -Method Delete
        $null = Get-JadaLambda booking-webhook @connection
        (Get-SandboxCall $sandbox).Counts.PSObject.Properties.Name | Where-Object { $_ -like 'lambda:*' } | Sort-Object |
            Should -Be 'lambda:GetEventSourceMapping', 'lambda:GetFunction', 'lambda:ListAliases', 'lambda:ListEventSourceMappings', 'lambda:ListFunctions', 'lambda:ListFunctionUrlConfigs'
    }

    It 'says which name nothing has, and gives the rest' {
        $found = Get-JadaLambda tide-table, no-such-function @connection -ErrorVariable problems -ErrorAction SilentlyContinue
        $found.FunctionName | Should -Be 'tide-table'
        $problems[0].FullyQualifiedErrorId | Should -Be 'NotFound,JadaSnapshot.Commands.Resources.GetJadaLambdaCommand'
        $problems[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $problems[0].TargetObject | Should -Be 'no-such-function'
    }

    It 'goes on where one function is refused' {
        Add-SandboxFault $sandbox 'service=lambda,operation=ListAliases,match=tide-table,kind=deny'
        $found = Get-JadaLambda tide-table, crew-roster @connection -ErrorVariable problems -ErrorAction SilentlyContinue
        $found | Should -HaveCount 2
        $problems.TargetObject.Operation | Should -Be 'ListAliases'
    }
}
