using Elman.Logging;
using Elman.Reports.TensorBoard;
using Microsoft.Extensions.Logging.Abstractions;
(SequenceDataset data, SequenceDataset validation) = BuiltInData.Load("synthetic-control", seed: 1, trainCases: 60, testCases: 12);
using var classifier = new SequenceClassifier(new TrainingOptions { Cell = "rnn", Model = new() { Layers = [8] }, Epochs = 2 });
var log = new TrainingLogger(NullLogger.Instance);
//: block
Expect(Directory.GetFiles("runs/first").Length == 1);
