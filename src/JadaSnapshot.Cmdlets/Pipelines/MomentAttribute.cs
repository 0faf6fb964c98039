using System.Globalization;
using System.Management.Automation;

namespace JadaSnapshot.Pipelines;

/// <summary>Takes a moment in the past as people give it: a date, an age, or an age in whole days, as a number or as text.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MomentAttribute : ArgumentTransformationAttribute
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(100_000);

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var given = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        var moment = given switch
        {
            DateTimeOffset exact => exact,
            DateTime date => new DateTimeOffset(date),
            TimeSpan age => Before(age),
            int or long or double or decimal => Before(TimeSpan.FromDays(Math.Clamp(Convert.ToDouble(given, CultureInfo.InvariantCulture), -1, Longest.TotalDays + 1))),
            string text when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var age) => Before(age),
            string text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var exact) => exact,
            _ => throw new ArgumentTransformationMetadataException($"'{given}' is neither a date, an age nor a number of days."),
        };
        return moment <= DateTimeOffset.Now ? moment : throw new ArgumentTransformationMetadataException($"{moment:yyyy-MM-dd HH:mm} lies in the future.");
    }

    private static DateTimeOffset Before(TimeSpan age) =>
        age >= TimeSpan.Zero && age <= Longest ? DateTimeOffset.Now - age : throw new ArgumentTransformationMetadataException($"'{age}' is no age.");
}
