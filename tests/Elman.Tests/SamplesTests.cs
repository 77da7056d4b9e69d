namespace Elman.Tests;

/// <summary>The samples, which use the public interface of the library, work as described.</summary>
public sealed class SamplesTests
{
    [Fact]
    public void The_samples_print_what_they_should()
    {
        using var output = new StringWriter { NewLine = "\n" };
        Samples.Samples.Run(output);
        Assert.Equal("""
            A loss of one's own: accuracy 0.66
            A cell of one's own, light-gru: accuracy 0.89
            A readout of one's own: accuracy 0.72
            Weights by name, after a loss of 0.610:
              rnn.0.wx [1, 48], gradient of norm 0.341
              rnn.0.wh [16, 48], gradient of norm 0.202
              rnn.0.b [64], gradient of norm 0.083
              output.w [16, 2], gradient of norm 0.379
              output.b [2], gradient of norm 0.021
            A callback: training ended after epoch 38 and 266 steps
            A log: Information EpochEnded: Epoch 1, Loss 0.694
            A log: Information EpochEnded: Epoch 2, Loss 0.689
            A log: Information TrainingEnded: Cancelled True, Loss 0.689
            A loop of one's own: loss 0.0909, accuracy 0.87, the bits of Fit: True
            A model from a stream: fast fast fast fast slow fast fast fast; a session gives the same: True

            """, output.ToString().ReplaceLineEndings("\n"));
    }
}
