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

    /// <summary>Whether progress is shown at all.</summary>
    public static bool ShowsProgress(this PSCmdlet cmdlet) =>
        LanguagePrimitives.ConvertTo<ActionPreference>(cmdlet.MyInvocation.BoundParameters.GetValueOrDefault("ProgressAction") ?? cmdlet.GetVariableValue("ProgressPreference") ?? ActionPreference.Continue)
            is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);

    /// <summary>Asks before what cannot be undone, where a cmdlet whose other uses are harmless asks for nothing: as one of high impact asks.</summary>
    public static bool ConfirmsHighImpact(this PSCmdlet cmdlet, string question, string caption)
    {
        // Where the preference is lower than that, ShouldProcess has asked.
        var isDue = LanguagePrimitives.ConvertTo<ConfirmImpact>(cmdlet.GetVariableValue("ConfirmPreference")) == ConfirmImpact.High;
        return !isDue || cmdlet.MyInvocation.BoundParameters.ContainsKey("Confirm") || cmdlet.IsWhatIf() || cmdlet.ShouldContinue(question, caption);
    }
}
