package dev.discern.training.web;

import dev.discern.training.job.RetrainingSchedules;
import dev.discern.training.job.Schedule;
import dev.discern.training.job.ScheduleRequest;
import java.net.URI;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** When to train again, and what. */
@RestController
@RequestMapping("/v1/admin/schedules")
final class SchedulesController {

    private final RetrainingSchedules schedules;

    SchedulesController(RetrainingSchedules schedules) {
        this.schedules = schedules;
    }

    @GetMapping
    List<Schedule> list() {
        return schedules.all();
    }

    @GetMapping("/{id}")
    Schedule get(@PathVariable long id) {
        return schedules.get(id);
    }

    @PostMapping
    ResponseEntity<Schedule> add(@RequestBody ScheduleRequest request) {
        Schedule made = schedules.add(request);
        return ResponseEntity.created(URI.create("/v1/admin/schedules/" + made.id()))
                .body(made);
    }

    @PutMapping("/{id}")
    Schedule replace(@PathVariable long id, @RequestBody ScheduleRequest request) {
        return schedules.replace(id, request);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable long id) {
        schedules.remove(id);
    }
}
