using Elman.Logging;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
(SequenceDataset data, SequenceDataset validation) = BuiltInData.Load("synthetic-control", seed: 1, trainCases: 60, testCases: 12);
using var classifier = new SequenceClassifier(new TrainingOptions { Cell = "rnn", Model = new() { Layers = [8] }, Epochs = 2 });
ILogger logger = NullLogger.Instance;
//: block
Expect(classifier.IsFitted && log.StepInterval == TimeSpan.FromSeconds(1));
