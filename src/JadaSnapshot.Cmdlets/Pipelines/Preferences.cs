using System.Management.Automation;

namespace JadaSnapshot.Pipelines;

/// <summary>What the caller wants, as PowerShell's own parameters and variables say it.</summary>
internal static class Preferences
{
    /// <summary>Whether nothing is to be done but to say what would be.</summary>
    public static bool IsWhatIf(this PSCmdlet cmdlet) =>
        cmdlet.MyInvocation.BoundParameters.TryGetValue("WhatIf", out var given)
            ? ((SwitchParameter)given).IsPresent
            : LanguagePrimitives.IsTrue(cmdlet.GetVariableValue("WhatIfPreference"));
}
