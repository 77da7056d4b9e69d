using Elman.Comparison.Measuring;
using Elman.Comparison.Problems;

namespace Elman.Comparison.Tests.Measuring;

public class AgreementTests
{
    [Fact]
    public void The_difference_is_relative_to_the_largest_of_theirs() =>
        Assert.Equal(0.25, Agreement.Difference([1, -4, 2], [1, -3, 2]));

    [Theory]
    [InlineData(1.00009, true)]
    [InlineData(1.00011, false)]
    [InlineData(0.99989, false)]
    [InlineData(double.NaN, false)]
    [InlineData(double.PositiveInfinity, false)]
    public void Single_precision_may_differ_by_a_ten_thousandth(double ours, bool agrees) =>
        Assert.Equal(agrees, Agrees([1], [ours]));

    [Fact]
    public void A_NaN_of_the_rival_is_no_agreement() => Assert.False(Agrees([double.NaN, 1], [1, 1]));

    [Fact]
    public void All_zeros_do_not_count_as_agreement() => Assert.False(Agrees([0, 0], [0, 0]));

    [Fact]
    public void Every_array_is_compared_by_itself()
    {
        // A small gradient that is wrong must not hide behind a large one that is right.
        DisagreementException e = Assert.Throws<DisagreementException>(() => Agreement.Require(
            "libtorch", [new("large", [1000]), new("small", [0.001])], [new("large", [1000]), new("small", [0.002])],
            Agreement.SingleTolerance));
        Assert.Equal("libtorch and Elman disagree: small differs by 1 of its largest element; at most 0.0001 is allowed.", e.Message);
    }

    [Fact]
    public void Different_arrays_are_no_agreement()
    {
        Assert.Throws<DisagreementException>(() => Agreement.Require("x", [new("a", [1])], [new("b", [1])], 1));
        Assert.Throws<DisagreementException>(() => Agreement.Require("x", [new("a", [1])], [new("a", [1, 1])], 1));
        Assert.Throws<DisagreementException>(() => Agreement.Require("x", [new("a", [1])], [], 1));
    }

    [Fact]
    public void A_library_that_differs_from_two_that_agree_is_left_out()
    {
        NamedArray<double>[] right = [new("logits", [1, 2])], wrong = [new("logits", [1, 2.72])];
        (int Rival, string Reason) = Assert.Single(Agreement.FindOutliers(
            [("libtorch", wrong), ("ONNX Runtime", right)], right, Agreement.SingleTolerance));
        Assert.Equal(0, Rival);
        Assert.Equal("libtorch and Elman disagree: logits differs by 0.26 of its largest element; at most 0.0001 is allowed. ONNX Runtime "
            + "agrees with Elman.", Reason);
        Assert.Empty(Agreement.FindOutliers([("libtorch", right), ("ONNX Runtime", right)], right, Agreement.SingleTolerance));
        Assert.Empty(Agreement.FindOutliers([], right, Agreement.SingleTolerance));
    }

    [Fact]
    public void Where_no_other_library_agrees_with_Elman_nobody_is_left_out()
    {
        NamedArray<double>[] ours = [new("logits", [1, 2])], theirs = [new("logits", [1, 2.72])];
        Assert.Throws<DisagreementException>(() => Agreement.FindOutliers([("libtorch", theirs)], ours, Agreement.SingleTolerance));
        Assert.Throws<DisagreementException>(
            () => Agreement.FindOutliers([("libtorch", theirs), ("ONNX Runtime", theirs)], ours, Agreement.SingleTolerance));
    }

    private static bool Agrees(double[] theirs, double[] ours)
    {
        try
        {
            Agreement.Require(
                "libtorch", [new NamedArray<double>("loss", theirs)], [new NamedArray<double>("loss", ours)], Agreement.SingleTolerance);
            return true;
        }
        catch (DisagreementException)
        {
            return false;
        }
    }
}
