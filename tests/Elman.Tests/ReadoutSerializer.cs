using System.Diagnostics.CodeAnalysis;
using Elman;
using Elman.Tests;
using Xunit.Sdk;

[assembly: RegisterXunitSerializer(typeof(ReadoutSerializer), typeof(Readout))]

namespace Elman.Tests;

/// <summary>Allows readouts in the data of theories, by name.</summary>
public sealed class ReadoutSerializer : IXunitSerializer
{
    public object Deserialize(Type type, string serializedValue) => Readout.Parse(serializedValue);

    public bool IsSerializable(Type type, object? value, [NotNullWhen(false)] out string? failureReason)
    {
        failureReason = value is Readout ? null : "It is no readout.";
        return failureReason is null;
    }

    public string Serialize(object value) => ((Readout)value).Name;
}
