namespace Elman.Reports.TensorBoard;

/// <summary>The events of TensorBoard as records: the message <c>Event</c> of its event.proto and summary.proto.</summary>
internal static class EventRecord
{
    private const string Version = "brain.Event:2";
    private const int Start = 1; // SessionLog.START

    // Fields of Event
    private const int WallTime = 1, Step = 2, FileVersion = 3, Summary = 5, SessionLog = 7;

    // Fields of SessionLog, Summary and Summary.Value
    private const int Status = 1, Value = 1, Tag = 1, SimpleValue = 2;

    /// <summary>Returns the first event of every file.</summary>
    /// <param name="time">The time in seconds since 1970.</param>
    public static byte[] OfVersion(double time) =>
        RecordFormat.Record(new ProtoMessage().Add(WallTime, time).Add(FileVersion, Version).ToArray());

    /// <summary>Returns the event at which readers discard all earlier points of this and later steps.</summary>
    /// <param name="time">The time in seconds since 1970.</param>
    /// <param name="step">The step.</param>
    public static byte[] OfStart(double time, long step) => RecordFormat.Record(
        new ProtoMessage().Add(WallTime, time).Add(Step, step).Add(SessionLog, new ProtoMessage().Add(Status, Start)).ToArray());

    /// <summary>Returns an event with one point of each of several curves.</summary>
    /// <param name="time">The time in seconds since 1970.</param>
    /// <param name="step">The step.</param>
    /// <param name="scalars">The names of the curves and the values.</param>
    public static byte[] OfScalars(double time, long step, IEnumerable<KeyValuePair<string, double>> scalars)
    {
        var summary = new ProtoMessage();
        foreach ((string tag, double value) in scalars)
            summary.Add(Value, new ProtoMessage().Add(Tag, tag).Add(SimpleValue, (float)value));
        return RecordFormat.Record(new ProtoMessage().Add(WallTime, time).Add(Step, step).Add(Summary, summary).ToArray());
    }
}
