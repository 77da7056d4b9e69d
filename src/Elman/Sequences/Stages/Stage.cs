using System.Collections.Immutable;
using System.Text.Json;

namespace Elman.Sequences.Stages;

/// <summary>One preprocessing stage, applied to the values of each step.</summary>
/// <remarks>
/// A stage has no state. The caller stores its memory, temporarily in a batch, and in the state of a session. So a stream has the same bits
/// as a batch, and one stage can process any number of sequences at the same time.
/// </remarks>
/// <param name="outputs">For each output, whether it is a quantity; symbols and indicators are not, and are never used in
/// arithmetic.</param>
internal abstract class Stage(ImmutableArray<bool> outputs)
{
    /// <summary>For each output, whether it is a quantity, which later stages may shift, scale and subtract.</summary>
    public ImmutableArray<bool> Outputs { get; } = outputs;

    /// <summary>The number of outputs per step.</summary>
    public int OutputSize => Outputs.Length;

    /// <summary>The number of values to store from step to step.</summary>
    public abstract int MemorySize { get; }

    /// <summary>The number of values to measure on a whole sequence before its first step.</summary>
    public virtual int MeasureSize => 0;

    /// <summary>Whether it needs no later steps, so that it can run on a stream.</summary>
    public virtual bool CanStream => true;

    /// <summary>Returns the number of output steps for a sequence; by default the number of input steps.</summary>
    /// <param name="steps">The number of input steps.</param>
    public virtual long StepsAfter(long steps) => steps;

    /// <summary>Returns the number of steps of <see cref="StepsAfter"/> that later steps do not change.</summary>
    /// <param name="steps">The number of input steps so far.</param>
    public virtual long CompleteAfter(long steps) => steps;

    /// <summary>Resets the memory: a sequence starts.</summary>
    /// <param name="memory">The memory, <see cref="MemorySize"/> values.</param>
    public virtual void Begin(Span<float> memory) => memory.Clear();

    /// <summary>Whether a memory is one that a sequence can leave; only values that are used as indices are restricted.</summary>
    /// <param name="memory">The memory, <see cref="MemorySize"/> values.</param>
    /// <param name="symbols">The tables whose indices are in it.</param>
    public virtual bool CanRemember(ReadOnlySpan<float> memory, SymbolTables symbols) => true;

    /// <summary>Measures a step before the sequence starts, if <see cref="MeasureSize"/> is not 0.</summary>
    /// <param name="row">The values of the step, as for <see cref="Take"/>.</param>
    /// <param name="measures">The measurements, initially zeros.</param>
    public virtual void Measure(ReadOnlySpan<double> row, Span<double> measures)
    {
    }

    /// <summary>Converts the measurements of all steps to the form that <see cref="Take"/> needs.</summary>
    /// <param name="measures">The measurements.</param>
    public virtual void Conclude(Span<double> measures)
    {
    }

    /// <summary>Processes a step.</summary>
    /// <param name="row">The values of the step; they are replaced by the results, <see cref="OutputSize"/> values.</param>
    /// <param name="memory">The memory from earlier steps, <see cref="MemorySize"/> values.</param>
    /// <param name="measures">The measurements of the whole sequence, <see cref="MeasureSize"/> values.</param>
    /// <param name="step">The index of the step.</param>
    /// <returns>Whether there is a result; otherwise the stage waits for more steps.</returns>
    public abstract bool Take(Span<double> row, Span<float> memory, ReadOnlySpan<double> measures, StageStep step);

    /// <summary>
    /// Writes the stage as an element of the list of stages in a model file; stages stored elsewhere in the file write nothing.
    /// </summary>
    public virtual void Write(Utf8JsonWriter json)
    {
    }

    /// <summary>Starts the element of a stage.</summary>
    protected static void Start(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject();
        json.WriteString("stage", name);
    }
}
