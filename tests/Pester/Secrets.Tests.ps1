BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $sandbox = Start-Sandbox
    $connection = $sandbox.Connection
    $store = Join-Path $TestDrive store
    # Every stream: output, errors, warnings, verbose, debug, information.
    $said = & {
        Get-JadaInventory @connection -Verbose -Debug
        New-JadaSnapshot v1.0 $store @connection -Verbose -Debug
        Get-JadaSnapshot $store -Verbose -Debug
        Test-JadaSnapshot (Join-Path $store v1.0) -Verbose -Debug
        try { Get-JadaInventory -AccessKey $connection.AccessKey -SecretKey not-the-secret-of-anyone -Region us-west-2 -EndpointUrl $connection.EndpointUrl -Verbose -Debug }
        catch { $_ }
    } *>&1
    $text = ($said | ForEach-Object { $_ | Format-List * -Force; "$_" } | Out-String -Width 4096) + ($Error | Format-List * -Force | Out-String -Width 4096)
}

AfterAll { Stop-Sandbox $sandbox }

Describe 'A secret' {
    It 'is planted where a plain client sees it' {
        # Else the tests below would prove nothing.
        $env:AWS_ACCESS_KEY_ID, $env:AWS_SECRET_ACCESS_KEY, $env:AWS_REGION = $connection.AccessKey, $connection.SecretKey, $connection.Region[0]
        try { aws lambda list-functions --region us-west-2 --endpoint-url $connection.EndpointUrl | Out-String | Should -Match 'planted-' }
        finally { Remove-Item Env:AWS_ACCESS_KEY_ID, Env:AWS_SECRET_ACCESS_KEY, Env:AWS_REGION }
    } -Skip:(-not (Get-Command aws -ErrorAction Ignore))

    It 'of the estate is in no output stream and no error' {
        $text.Length | Should -BeGreaterThan 10000
        $text | Should -Not -Match 'planted-'
    }

    It 'of the estate is in no file of the snapshot' {
        Get-ChildItem $store -Recurse -File -Force | Where-Object { [IO.File]::ReadAllText($_.FullName).Contains('planted-') } | Should -BeNullOrEmpty
    }

    It 'of the caller is in no output stream, no error and no file' {
        foreach ($secret in $connection.SecretKey, 'not-the-secret-of-anyone') {
            $text.Contains($secret) | Should -BeFalse
            Get-ChildItem $store -Recurse -File -Force | Where-Object { [IO.File]::ReadAllText($_.FullName).Contains($secret) } | Should -BeNullOrEmpty
        }
    }
}
