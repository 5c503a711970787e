drop view dot.v_job_lane, dot.v_queue_health, dot.v_job_queue_dead_letter_open, dot.v_dead_letter_all, dot.v_job_queue_in_progress, dot.v_job_queue_backlog;
drop trigger if exists lanes on dot.dot_config;
drop table dot.job_lane, dot.job_subscription, dot.job_batch, dot.job_schedule_fire, dot.job_schedule, dot.idempotency_registry, dot.queue_rate,
  dot.queue_heartbeat, dot.job_dead_letter, dot.job_history, dot.job_queue, dot.job_kind_registry, dot.queue_registry,
  dot.failure_class_registry, dot.retry_policy_registry, dot.executor_class_registry;
drop sequence dot.job_seq;
