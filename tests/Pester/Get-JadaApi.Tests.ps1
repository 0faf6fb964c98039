BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $sandbox = Start-Sandbox
    $connection = $sandbox.Connection
    $all = Get-JadaApi @connection
}

AfterAll { Stop-Sandbox $sandbox }

Describe 'Get-JadaApi' {
    AfterEach { Clear-SandboxFault $sandbox }

    It 'shows REST and HTTP APIs alike' {
        $all | Should -HaveCount 6
        ($all | Group-Object Protocol | Sort-Object Name).ForEach{ "$($_.Name) $($_.Count)" } | Should -Be 'HTTP 3', 'REST 3'
        $all.Region | Sort-Object -Unique | Should -Be 'us-west-2'
    }

    It 'resolves what answers each route' {
        $bookings = $all | Where-Object Name -eq bookings
        ($bookings.Routes | Where-Object Key -eq 'POST /bookings').Target | Should -Be 'booking-webhook'
        ($bookings.Routes | Where-Object IsFunction).Target | Sort-Object -Unique | Should -Be 'booking-webhook', 'stripe-webhook', 'tide-table'
        (($all | Where-Object Name -eq hooks).Routes | Where-Object { -not $_.IsFunction }).Target | Should -Be 'https://partners.example/{proxy}'
        $bookings.CustomDomains | Should -Be 'hooks.sailjada.com/bookings'
    }

    It 'hands its functions on to Get-JadaLambda' {
        $functions = $all.Routes | Where-Object IsFunction | Select-Object @{ Name = 'FunctionName'; Expression = { $_.Target } } -Unique | Get-JadaLambda @connection
        $functions.FunctionName | Should -Contain 'booking-webhook'
    }

    It 'names variables and shows no value of one' {
        ($all | Where-Object Name -eq bookings).Stages.Variables | Should -Contain 'paymentToken'
        $all | ConvertTo-Json -Depth 6 | Should -Not -Match 'planted-'
        $all | Format-List * | Out-String -Width 4096 | Should -Not -Match 'planted-'
    }

    It 'reads as a table in 80 columns' {
        $PSStyle.OutputRendering = 'PlainText'
        $table = ($all | Sort-Object Name | Out-String -Width 80).Trim() -split '\r?\n'
        $table[0] | Should -Be 'Name               ApiId      Protocol  Region       Routes Stages'
        $table | Where-Object { $_ -match '^bookings +a1b2c3d4e5 REST +us-west-2 +7 production, staging$' } | Should -HaveCount 1
    }

    It 'chooses by <What>' -ForEach @(
        @{ What = 'id'; Value = 'a1b2c3d4e5' }
        @{ What = 'name'; Value = 'bookings' }
        @{ What = 'wildcard'; Value = 'book*' }
        @{ What = 'ARN'; Value = 'arn:aws:apigateway:us-west-2::/restapis/a1b2c3d4e5' }
    ) {
        (Get-JadaApi $Value @connection).ApiId | Should -Be 'a1b2c3d4e5'
    }

    It 'takes API objects of AWS.Tools' {
        $apis = [pscustomobject]@{ Id = 'a1b2c3d4e5'; Description = 'of Get-AGRestApiList' }, [pscustomobject]@{ ApiId = ($all | Where-Object Name -eq tides).ApiId; ProtocolType = 'HTTP' }
        ($apis | Get-JadaApi @connection).Name | Sort-Object | Should -Be 'bookings', 'tides'
    }

    It 'writes an error for an API that is not there' {
        Get-JadaApi no-such-api @connection -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -Be 'NotFound,JadaSnapshot.Commands.Resources.GetJadaApiCommand'
    }

    It 'leaves empty what is denied, with an error for it' {
        Add-SandboxFault $sandbox 'service=apigateway,operation=GetStages,kind=deny'
        $found = Get-JadaApi bookings @connection -ErrorVariable problems -ErrorAction SilentlyContinue
        $found.Stages | Should -BeNullOrEmpty
        $found.Routes | Should -HaveCount 7
        $problems | Should -HaveCount 1
        $problems[0].CategoryInfo.Category | Should -Be 'PermissionDenied'
        $problems[0].TargetObject.Operation | Should -Be 'GetStages'
    }
}
