BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $sandbox = Start-Sandbox --no-budgets
    $connection = $sandbox.Connection
}

AfterAll { Stop-Sandbox $sandbox }

Describe 'Get-JadaInstance' {
    It 'shows the instance, its address, ports and size' {
        $instance = Get-JadaInstance @connection
        $instance.InstanceName | Should -Be jada-web
        $instance.State | Should -Be running
        $instance.IsStaticIp | Should -BeTrue
        $instance.OpenPorts | Should -Be '22/tcp from 198.51.100.0/24', '80/tcp from 0.0.0.0/0', '443/tcp from 0.0.0.0/0'
        $instance.RamSizeInGb | Should -Be 4
        $instance.KeyPairName | Should -Be jada-crew
        $instance.Tags['owner'] | Should -Be crew
        $instance.CreatedAt.Offset | Should -Be ([timespan]::Zero)
    }

    It 'lists instances and nothing else' {
        $calls = (Get-SandboxCall $sandbox).Counts.PSObject.Properties.Name -like 'lightsail:*'
        $calls | Sort-Object | Should -Be 'lightsail:GetInstance', 'lightsail:GetInstancePortStates', 'lightsail:GetInstances'
    }

    It 'names an instance that is not there' {
        Get-JadaInstance nothing @connection -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
    }
}
