using System.Collections.Immutable;
using System.Text.Json;

namespace Elman.Sequences.Stages;

/// <summary>One thing that is done with the values of a step on their way into a model.</summary>
/// <remarks>
/// A stage has no state. What it remembers from step to step are numbers that its caller keeps, a batch for a moment, a session in its
/// state: so a stream has the bits of the batch, and one stage serves any number of sequences at once.
/// </remarks>
/// <param name="outputs">For each value that comes out, whether it is a quantity; symbols and indicators are none and are never
/// computed with.</param>
internal abstract class Stage(ImmutableArray<bool> outputs)
{
    /// <summary>For each value that comes out, whether it is a quantity, which later stages may shift, scale and subtract.</summary>
    public ImmutableArray<bool> Outputs { get; } = outputs;

    /// <summary>How many values come out.</summary>
    public int OutputSize => Outputs.Length;

    /// <summary>How many numbers have to be remembered from step to step.</summary>
    public abstract int MemorySize { get; }

    /// <summary>How many numbers have to be measured of a whole sequence before its first step is taken.</summary>
    public virtual int MeasureSize => 0;

    /// <summary>Whether it does with the steps so far, so that it can run on a stream.</summary>
    public virtual bool CanStream => true;

    /// <summary>How many steps it makes of a sequence; as many as go in, unless it says otherwise.</summary>
    /// <param name="steps">The steps that go in.</param>
    public virtual long StepsAfter(long steps) => steps;

    /// <summary>How many of <see cref="StepsAfter"/> stay as they are whatever comes next.</summary>
    /// <param name="steps">The steps that went in so far.</param>
    public virtual long CompleteAfter(long steps) => steps;

    /// <summary>Forgets: a sequence begins.</summary>
    /// <param name="memory">What is remembered, <see cref="MemorySize"/> numbers.</param>
    public virtual void Begin(Span<float> memory) => memory.Clear();

    /// <summary>Takes note of a step before the sequence begins, where <see cref="MeasureSize"/> says so.</summary>
    /// <param name="row">What <see cref="Take"/> will be given of the step.</param>
    /// <param name="measures">What is measured, zeros at first.</param>
    public virtual void Measure(ReadOnlySpan<double> row, Span<double> measures)
    {
    }

    /// <summary>Turns what was noted of all steps into what <see cref="Take"/> needs.</summary>
    /// <param name="measures">What is measured.</param>
    public virtual void Conclude(Span<double> measures)
    {
    }

    /// <summary>Takes a step.</summary>
    /// <param name="row">Its values, in whose place the results are put, <see cref="OutputSize"/> numbers.</param>
    /// <param name="memory">What is remembered of the steps before, <see cref="MemorySize"/> numbers.</param>
    /// <param name="measures">What was measured of the whole sequence, <see cref="MeasureSize"/> numbers.</param>
    /// <param name="step">Which step it is.</param>
    /// <returns>Whether there is a result; otherwise the stage waits for more steps.</returns>
    public abstract bool Take(Span<double> row, Span<float> memory, ReadOnlySpan<double> measures, StageStep step);

    /// <summary>
    /// Writes the stage as an element of the list of stages in a model's file; the stages that stand elsewhere in the file write
    /// nothing.
    /// </summary>
    public virtual void Write(Utf8JsonWriter json)
    {
    }

    /// <summary>Begins a stage's element.</summary>
    protected static void Start(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject();
        json.WriteString("stage", name);
    }
}
