// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/generation/replyparser.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

/** Whatever the bytes are: no crash, no number that is not finite, no name that is not marked. */
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    GenerationRequest request;
    request.prompt = QStringLiteral("fuzz");
    // The first byte chooses the part, so that merging is met as well.
    if (size > 0 && data[0] % 8 < 7) {
        request.part = static_cast<GenerationRequest::Part>(data[0] % 8);
        if (request.part != GenerationRequest::Part::All) {
            request.previous = Scenario();
        }
    }
    const QString text =
        QString::fromUtf8(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const ParsedReply reply = parseReply(text, request);
    if (!reply.scenario && reply.faults.isEmpty()) {
        std::abort();
    }
    if (reply.scenario) {
        for (const Metric &metric : reply.scenario->metrics) {
            if (!std::isfinite(metric.value) || !std::isfinite(metric.baseline) ||
                !std::isfinite(metric.deviationSigma) || metric.name.isEmpty()) {
                std::abort();
            }
        }
        if (request.part == GenerationRequest::Part::All &&
            !reply.scenario->name.startsWith(QStringLiteral("[LLM]"))) {
            std::abort();
        }
    }
    partialScenario(text, request);
    return 0;
}
