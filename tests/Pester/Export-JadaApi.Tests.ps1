BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $sandbox = Start-Sandbox
    $connection = $sandbox.Connection
}

AfterAll { Stop-Sandbox $sandbox }

Describe 'Export-JadaApi' {
    BeforeEach { $destination = Join-Path $TestDrive ([guid]::NewGuid()) }
    AfterEach { Clear-SandboxFault $sandbox }

    It 'writes every document of an API, and OpenAPI for each stage' {
        $export = Export-JadaApi bookings $destination @connection | Where-Object Kind -eq rest-api
        $export.IsComplete | Should -BeTrue
        $export.Path | Should -Be (Join-Path $destination aws-configs/apigateway/us-west-2/rest-apis/bookings/a1b2c3d4e5)
        Get-ChildItem $export.Path -Recurse -File | ForEach-Object { [IO.Path]::GetRelativePath($export.Path, $_.FullName) } | Sort-Object -CaseSensitive -Culture '' | Should -Be @(
            'api.json', 'authorizers-0001.json', 'custom-domains.json', 'deployments-0001.json', 'documentation-parts-0001.json', 'documentation-versions-0001.json',
            'exports/production.json', 'exports/staging.json', 'gateway-responses-0001.json', 'models-0001.json', 'request-validators-0001.json',
            'resources-0001.json', 'SHA256SUMS', 'stages-0001.json')
        $openApi = Get-Content (Join-Path $export.Path exports/production.json) -Raw | ConvertFrom-Json
        $openApi.openapi | Should -Match '^3\.0'
        $openApi.paths.'/bookings'.post.'x-amazon-apigateway-integration'.uri | Should -Match ':function:booking-webhook/invocations$'
    }

    It 'exports all where none is named, and leaves no secret in any file' {
        $exports = Export-JadaApi -Destination $destination @connection
        $exports | Where-Object Kind -like '*-api' | Should -HaveCount 6
        $texts = Get-ChildItem $destination -Recurse -File -Force | ForEach-Object { [IO.File]::ReadAllText($_.FullName) }
        $texts | Where-Object { $_.Contains('planted-') } | Should -BeNullOrEmpty
        $texts | Where-Object { $_.Contains('jada:hmac-sha256:') } | Should -Not -BeNullOrEmpty
    }

    It 'takes what Get-JadaApi hands out' {
        $export = Get-JadaApi tides @connection | Export-JadaApi -Destination $destination @connection
        $export.Name | Should -Be 'tides'
        Join-Path $export.Path 'exports/$default.json' | Should -Exist
    }

    It 'changes nothing with -WhatIf' {
        Export-JadaApi bookings $destination @connection -WhatIf | Should -BeNullOrEmpty
        $destination | Should -Not -Exist
    }

    It 'says what is missing where a document is denied' {
        Add-SandboxFault $sandbox 'service=apigateway,operation=GetExport,times=1,kind=deny'
        $export = Export-JadaApi bookings $destination @connection -ErrorVariable problems -ErrorAction SilentlyContinue | Where-Object Kind -eq rest-api
        $export.IsComplete | Should -BeFalse
        $problems | Should -HaveCount 1
        $problems[0].TargetObject.Operation | Should -Be 'GetExport'
        Get-ChildItem (Join-Path $export.Path exports) | Should -HaveCount 1
    }
}
